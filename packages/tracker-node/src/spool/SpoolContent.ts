/** What the JSON records of a spool say, and the checks that turn parsed JSON back into them. */
import type { LogRecordJson } from "@wanllmdb/core/client"

export type JsonObject = { readonly [key: string]: unknown }

/** How a run was started, so that a later `sync` can open the same one. */
export interface SpoolOpening {
  readonly format: 1
  /** Numbers this process's batches; 32 hex digits. */
  readonly writer: string
  readonly entity: string
  readonly project: string
  readonly projectName: string
  readonly slug: string
  readonly resume: "never" | "allow" | "must"
  /** Label of this process in the run's logs. */
  readonly process: string
  /** Where it was meant to go; `sync` may send it elsewhere. */
  readonly url: string
  readonly createdAtMs: number
  readonly name?: string | undefined
  readonly config?: JsonObject | undefined
  readonly tags?: ReadonlyArray<string> | undefined
  readonly group?: string | undefined
  readonly jobType?: string | undefined
  readonly notes?: string | undefined
}

export type SpoolOperation =
  | { readonly op: "config"; readonly value: JsonObject }
  | { readonly op: "patch"; readonly value: JsonObject }
  | { readonly op: "define"; readonly value: JsonObject & { readonly name: string } }
  | { readonly op: "addTags"; readonly tags: ReadonlyArray<string> }
  | { readonly op: "removeTag"; readonly tag: string }
  | { readonly op: "file"; readonly path: string; readonly stored: string }
  | {
      readonly op: "finish"
      readonly state: "finished" | "failed" | "killed"
      readonly exitCode?: number | undefined
      /** False where another process of the run will end it. */
      readonly endsRun: boolean
    }

/** The part of a `log` call that is not plain numbers. */
export interface SpoolValues {
  readonly step: number
  readonly timeMs: number
  readonly texts?: Readonly<Record<string, string>> | undefined
  readonly histograms?: Readonly<Record<string, { readonly edges: number[]; readonly counts: number[] }>> | undefined
}

export interface SpoolCut {
  readonly metrics: number
  readonly logs: number
}

export type SpoolLine = LogRecordJson

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Gives the opening, or null when the record is none that this version reads. */
export const asOpening = (value: unknown): SpoolOpening | null => {
  if (!isObject(value) || value.format !== 1) return null
  const texts = ["writer", "entity", "project", "projectName", "slug", "resume", "process", "url"]
  if (!texts.every((name) => typeof value[name] === "string") || typeof value.createdAtMs !== "number") return null
  return value as unknown as SpoolOpening
}

const isText = (value: unknown): value is string => typeof value === "string"

/** Fields that an operation cannot do without. */
const operationFields: Readonly<Record<SpoolOperation["op"], (value: Record<string, unknown>) => boolean>> = {
  config: ({ value }) => isObject(value),
  patch: ({ value }) => isObject(value),
  define: ({ value }) => isObject(value) && isText(value.name),
  addTags: ({ tags }) => Array.isArray(tags) && tags.every(isText),
  removeTag: ({ tag }) => isText(tag),
  file: ({ path, stored }) => isText(path) && isText(stored),
  finish: ({ state }) => state === "finished" || state === "failed" || state === "killed"
}

export const asOperation = (value: unknown): SpoolOperation | null => {
  if (!isObject(value) || !isText(value.op) || !Object.hasOwn(operationFields, value.op)) return null
  return operationFields[value.op as SpoolOperation["op"]](value) ? (value as unknown as SpoolOperation) : null
}

export const asKeyset = (value: unknown): ReadonlyArray<string> | null =>
  Array.isArray(value) && value.every(isText) ? value : null

export const asLines = (value: unknown): ReadonlyArray<SpoolLine> | null =>
  Array.isArray(value) && value.every((line) => isObject(line) && isText(line.text)) ? (value as SpoolLine[]) : null

const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "number" && Number.isFinite(item))

export const asValues = (value: unknown): SpoolValues | null => {
  if (!isObject(value) || !Number.isFinite(value.step) || !Number.isFinite(value.timeMs)) return null
  const { histograms = {}, texts = {} } = value
  if (!isObject(texts) || !Object.values(texts).every(isText)) return null
  if (!isObject(histograms)) return null
  const whole = Object.values(histograms).every(
    (item) => isObject(item) && isNumbers(item.edges) && isNumbers(item.counts)
  )
  return whole ? (value as unknown as SpoolValues) : null
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

export const asCut = (value: unknown): SpoolCut | null =>
  isObject(value) && isCount(value.metrics) && isCount(value.logs) ? { metrics: value.metrics, logs: value.logs } : null
