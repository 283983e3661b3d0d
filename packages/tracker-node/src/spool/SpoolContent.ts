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

export const asOperation = (value: unknown): SpoolOperation | null =>
  isObject(value) && typeof value.op === "string" ? (value as unknown as SpoolOperation) : null

export const asCut = (value: unknown): SpoolCut =>
  isObject(value) && typeof value.metrics === "number" && typeof value.logs === "number"
    ? { metrics: value.metrics, logs: value.logs }
    : { metrics: 0, logs: 0 }
