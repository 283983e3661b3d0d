/**
 * A run as the training program holds it. Every call returns at once and none throws: what is logged goes to the local
 * spool first, a background sender carries it to the server, and trouble is told once through `onMessage` and in `status`.
 */
import { constants } from "node:fs"
import { copyFile, mkdir } from "node:fs/promises"
import { basename, join } from "node:path"
import type { WanllmdbClient } from "@wanllmdb/core/client"
import type { LineLevel, LineLog } from "../log/LineLog.ts"
import type { LogOptions, PointLog } from "../point/PointLog.ts"
import type { LogValue } from "../point/sortValues.ts"
import type { SpoolOperation } from "../spool/SpoolContent.ts"
import { RecordType } from "../spool/SpoolRecord.ts"
import { sendAfterDeath } from "../sync/sendAfterDeath.ts"
import { jsonObject } from "./jsonValue.ts"
import type { Reporter } from "./Reporter.ts"
import type { RunParts } from "./RunParts.ts"
import { type TrackedRecord, trackedRecord } from "./trackedRecord.ts"

export interface RunStatus {
  /** `connecting`, `live`, `waiting` (server away, data kept), `offline`, `disabled`, `finished`. */
  readonly state: "connecting" | "live" | "waiting" | "offline" | "disabled" | "finished"
  /** Bytes that the server has not acknowledged. */
  readonly pendingBytes: number
  /** Records that could not even be written to the spool. */
  readonly dropped: number
  readonly lastError: string | null
}

export interface FinishReport {
  /** Whether the server has everything. When false, `wanllmdb sync` sends the rest. */
  readonly delivered: boolean
  readonly folder: string | null
}

export type MetricDefinition = Parameters<WanllmdbClient["metrics"]["define"]>[1]

export type EndState = "finished" | "failed" | "killed"

export class Run {
  readonly slug: string
  readonly project: string
  readonly entity: string
  /** Assign to set a value: `run.config.lr = 0.1`. Config that was given to `init` can be read here. */
  readonly config: TrackedRecord
  /** Assign to set a summary value over the last logged one. */
  readonly summary: TrackedRecord
  /** Aborted when someone asks for the run to stop. */
  readonly stopSignal: AbortSignal
  readonly #parts: RunParts | null
  readonly #reporter: Reporter
  #finished: Promise<FinishReport> | null = null
  #ended = false

  /** Use `init`. `parts` is null for a run that does nothing. */
  constructor(options: {
    readonly slug: string
    readonly project: string
    readonly entity: string
    readonly config: Readonly<Record<string, unknown>> | undefined
    readonly stopSignal: AbortSignal
    readonly parts: RunParts | null
    readonly reporter: Reporter
  }) {
    this.slug = options.slug
    this.project = options.project
    this.entity = options.entity
    this.stopSignal = options.stopSignal
    this.#parts = options.parts
    this.#reporter = options.reporter
    const config = options.config === undefined ? {} : jsonObject(options.config)
    this.config = trackedRecord(config, (value) => this.#operate(() => ({ op: "config", value })))
    this.summary = trackedRecord({}, (summary) => this.#operate(() => ({ op: "patch", value: { summary } })))
  }

  /** Id on the server; null until it answered. */
  get id(): string | null {
    return this.#parts?.courier?.run?.id ?? null
  }

  /** Address of the run's page; null until the server answered. */
  get url(): string | null {
    const run = this.#parts?.courier?.run
    return run == null ? null : `${this.#parts!.transport.url}/${run.entity}/${run.project}/runs/${run.slug}`
  }

  get status(): RunStatus {
    const parts = this.#parts
    if (parts === null) return { state: "disabled", pendingBytes: 0, dropped: 0, lastError: null }
    const { writer } = parts.spool
    const sender = parts.sender
    const sent = parts.courier?.delivered ?? 0
    const state = sender === null ? "offline" : sender.state === "stopped" ? "finished" : sender.state
    return {
      state: this.#ended ? "finished" : state,
      pendingBytes: Math.max(0, writer.size - sent),
      dropped: writer.dropped,
      lastError: sender?.lastError ?? null
    }
  }

  /**
   * Logs values of one moment: numbers (NaN and infinities are kept), booleans as 0 and 1, texts, `Histogram`s; nested
   * objects get dotted names.
   */
  log(values: { readonly [key: string]: LogValue }, options?: LogOptions): void {
    this.#guard("log", () => this.#points?.log(values, options))
  }

  /** Merged into the run's config. */
  updateConfig(values: Readonly<Record<string, unknown>>): void {
    this.#guard("updateConfig", () => {
      for (const [key, value] of Object.entries(jsonObject(values))) this.config[key] = value
    })
  }

  /** How a metric is read: its x-axis (`stepMetric`), what stands for it in summaries, and which way is better. */
  defineMetric(name: string, definition: Omit<MetricDefinition, "name"> = {}): void {
    this.#operate(() => ({ op: "define", value: { ...jsonObject(definition), name: String(name) } }))
  }

  addTags(...tags: ReadonlyArray<string>): void {
    const kept = tags.filter((tag) => typeof tag === "string" && tag !== "")
    if (kept.length > 0) this.#operate(() => ({ op: "addTags", tags: kept }))
  }

  removeTag(tag: string): void {
    this.#operate(() => ({ op: "removeTag", tag: String(tag) }))
  }

  setName(name: string): void {
    this.#operate(() => ({ op: "patch", value: { name: String(name) } }))
  }

  setNotes(notes: string): void {
    this.#operate(() => ({ op: "patch", value: { notes: String(notes) } }))
  }

  /** One record of a logger into the run's log. `stream` is the logger's name, default `log`. */
  print(
    text: string,
    options: { readonly level?: LineLevel; readonly stream?: string; readonly timeMs?: number } = {}
  ): void {
    this.#guard("print", () =>
      this.#lines?.record(String(options.stream ?? "log"), String(text), options.level, options.timeMs)
    )
  }

  /** Keeps a copy of a file with the run, as it is now. `path`: its name there, default the file's own name. */
  async save(file: string, options: { readonly path?: string } = {}): Promise<boolean> {
    const parts = this.#parts
    if (parts === null || this.#ended) return false
    try {
      const path = options.path ?? basename(file)
      const stored = join("files", `${parts.nextFile()}-${basename(file)}`)
      await mkdir(join(parts.spool.folder, "files"), { recursive: true, mode: 0o700 })
      await copyFile(file, join(parts.spool.folder, stored), constants.COPYFILE_FICLONE)
      this.#operate(() => ({ op: "file", path, stored }))
      return true
    } catch (error) {
      this.#reporter.warn(`file "${messageOf(file)}" was not saved: ${messageOf(error)}`)
      return false
    }
  }

  /** True when the server has everything logged so far, false when `timeoutMs` (default 30 s) passed first. */
  async flush(timeoutMs = 30_000): Promise<boolean> {
    const parts = this.#parts
    if (parts === null) return true
    try {
      parts.lines.flush()
      return parts.sender === null ? false : await parts.sender.flush(timeoutMs)
    } catch {
      return false
    }
  }

  /**
   * Ends the run and waits, within limits, until the server has everything. Without a server the rest stays in the spool.
   * `exitCode` other than 0 means failed. `timeoutMs`: default `finishTimeoutMs` of `init`. May be called again; the first
   * call counts.
   */
  finish(
    exitCode = 0,
    state: EndState = exitCode === 0 ? "finished" : "failed",
    timeoutMs?: number
  ): Promise<FinishReport> {
    this.#finished ??= this.#finish(exitCode, state, timeoutMs)
    return this.#finished
  }

  /** Writes the end into the spool and stops there, for a process that has no time left to send. */
  markEnd(state: EndState, exitCode: number, lastWords?: string): void {
    const parts = this.#parts
    if (parts === null || this.#ended) return
    this.#guard("finish", () => {
      if (lastWords !== undefined) this.#lines?.record("stderr", lastWords, "error")
      parts.lines.flush()
      this.#operate(() => ({ op: "finish", state, exitCode: wholeNumber(exitCode), endsRun: parts.primary }))
      parts.spool.writer.cut()
      this.#ended = true
    })
  }

  /** Leaves the rest to a process of its own, where this one is about to die. */
  sendAfterDeath(): void {
    const parts = this.#parts
    if (parts === null || parts.sender === null) return
    this.#guard("finish", () => sendAfterDeath(parts.spool.folder, parts.transport))
  }

  async #finish(exitCode: number, state: EndState, timeoutMs: number | undefined): Promise<FinishReport> {
    const parts = this.#parts
    if (parts === null) return { delivered: true, folder: null }
    try {
      return await parts.end(() => this.markEnd(state, exitCode), timeoutMs)
    } catch (error) {
      this.#reporter.warn(`finish: ${messageOf(error)}`)
      return { delivered: false, folder: parts.spool.folder }
    }
  }

  get #points(): PointLog | null {
    return this.#ended ? null : (this.#parts?.points ?? null)
  }

  get #lines(): LineLog | null {
    return this.#ended ? null : (this.#parts?.lines ?? null)
  }

  // The operation is made inside the guard: even reading what a program passes may throw.
  #operate(operation: () => SpoolOperation): void {
    this.#guard("run", () => {
      if (!this.#ended) this.#parts?.spool.writer.json(RecordType.operation, operation())
    })
  }

  #guard(call: string, body: () => void): void {
    try {
      body()
    } catch (error) {
      this.#reporter.warn(`${call}: ${messageOf(error)}`, `${call}-failed`)
    }
  }
}

const wholeNumber = (code: unknown): number => (typeof code === "number" && Number.isInteger(code) ? code : 1)

const messageOf = (error: unknown): string => {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return "an error that cannot be read"
  }
}
