/**
 * What every TypeScript consumer of the HTTP API holds: trackers, the UI kit, the CLI, host code. Plain promises and async
 * iterables, no Effect at run time; resources are the wire's JSON, so times are ISO strings.
 */
import type { RunFile } from "../file/RunFile.ts"
import type { ApiKey, ApiKeyCreate } from "../identity/ApiKey.ts"
import type { LogLevel, LogLine, LogRecord } from "../log/LogLine.ts"
import type { MetricDefinition } from "../metric/MetricDefinition.ts"
import type { BucketSeries, PointBatch, SeriesKind, XAxis } from "../metric/MetricQuery.ts"
import type { Project, ProjectCreate, ProjectPatch } from "../project/Project.ts"
import type { Run, RunCreate, RunListItem, RunPatch } from "../run/Run.ts"
import type { ConfigVersion } from "../run/RunConfig.ts"
import type { RunFilter } from "../run/search/RunFilter.ts"

export type ProjectJson = typeof Project.Encoded
export type RunJson = typeof Run.Encoded
export type RunListItemJson = typeof RunListItem.Encoded
export type RunFileJson = typeof RunFile.Encoded
export type ApiKeyJson = typeof ApiKey.Encoded
export type ConfigVersionJson = typeof ConfigVersion.Encoded
export type LogLineJson = typeof LogLine.Encoded
export type LogRecordJson = typeof LogRecord.Encoded

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Opaque; null at the end. */
  readonly next: string | null
}

export interface RunQuery {
  /** Text syntax or a tree. */
  readonly filter?: string | RunFilter | undefined
  /** Such as `-val/acc,created`; missing values last. */
  readonly sort?: string | undefined
  /** Fields to send with each run: `config.lr`, `summary.loss`, `min(loss)` … */
  readonly columns?: ReadonlyArray<string> | undefined
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly deleted?: boolean | undefined
}

export type CellValue = string | number | boolean | null

export interface RunPage {
  /** Each with `columns` in the order asked; null where the run lacks the field. Non-finite numbers are `"NaN"`, `"Infinity"`, `"-Infinity"`. */
  readonly items: ReadonlyArray<RunListItemJson & { readonly columns: ReadonlyArray<CellValue> }>
  readonly next: string | null
  /** Runs that match, over all pages. */
  readonly total: number
  /** Where live updates of the project go on from. */
  readonly cursor: string
}

/** One key of a run; numbers that are not finite are the strings `"NaN"`, `"Infinity"`, `"-Infinity"`, null where there is none. */
export interface MetricKeyJson {
  readonly key: string
  readonly kind: SeriesKind
  readonly count: number
  readonly firstStep: number
  readonly lastStep: number
  readonly firstTimeMs: number
  readonly lastTimeMs: number
  readonly last: number | string | null
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  readonly minStep: number | null
  readonly maxStep: number | null
  readonly nan: number
  readonly posInf: number
  readonly negInf: number
  readonly definition: MetricDefinition | null
}

export interface SeriesQuery {
  readonly runs: ReadonlyArray<string>
  readonly keys: ReadonlyArray<string>
  readonly x?: XAxis | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly buckets?: number | undefined
}

export interface AppendOptions extends CallOptions {
  readonly writer?: string | undefined
  readonly sequence?: number | undefined
}

export interface AppendAnswer {
  readonly accepted: number
  readonly rejected: ReadonlyArray<{
    readonly row: number
    readonly key: string
    readonly rule: string
    readonly message: string
  }>
  readonly sequence: number
  readonly duplicate: boolean
}

export interface MetricRows {
  readonly rows: ReadonlyArray<{
    readonly step?: number
    readonly timeMs?: number
    readonly values?: Readonly<Record<string, number | string>>
    readonly texts?: Readonly<Record<string, string>>
  }>
}

export type LiveTopic = "points" | "logs" | "run" | "files" | "media" | "runs"

/** One live message; which fields it has follows from `type`. */
export type LiveMessage =
  | {
      readonly type: "points"
      readonly cursor: string
      readonly run: string
      /** New points per key in order of arrival; non-finite values are strings. */
      readonly series: Readonly<
        Record<
          string,
          {
            readonly steps: ReadonlyArray<number>
            readonly timesMs: ReadonlyArray<number>
            readonly values: ReadonlyArray<number | string>
          }
        >
      >
    }
  | { readonly type: "logs"; readonly cursor: string; readonly run: string; readonly lines: ReadonlyArray<LogLineJson> }
  | { readonly type: "run"; readonly cursor: string; readonly run: RunJson }
  | {
      readonly type: "files"
      readonly cursor: string
      readonly run: string
      readonly files: ReadonlyArray<RunFileJson>
    }
  | { readonly type: "media"; readonly cursor: string; readonly run: string; readonly keys: ReadonlyArray<string> }
  | { readonly type: "runs"; readonly cursor: string; readonly runs: ReadonlyArray<RunListItemJson> }
  | { readonly type: "reset"; readonly cursor: string }
  | { readonly type: "ping"; readonly cursor: string }

export interface LiveQuery {
  readonly run?: string | undefined
  readonly project?: string | undefined
  readonly topics: ReadonlyArray<LiveTopic>
  readonly keys?: ReadonlyArray<string> | undefined
  /** From an earlier answer or message. Default: from now. */
  readonly cursor?: string | undefined
}

export type LiveStatus = "connecting" | "live" | "stale" | "closed"

export interface LiveSubscription {
  readonly close: () => void
}

export interface WanllmdbClient {
  readonly projects: {
    list(
      query?: {
        readonly search?: string | undefined
        readonly sort?: string | undefined
        readonly entity?: string | undefined
        readonly deleted?: boolean | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      },
      options?: CallOptions
    ): Promise<Page<ProjectJson>>
    create(input: typeof ProjectCreate.Encoded, options?: CallOptions): Promise<ProjectJson>
    /** `project` is an id or `entity:slug`, here and below. */
    get(project: string, options?: CallOptions): Promise<ProjectJson>
    update(project: string, patch: typeof ProjectPatch.Encoded, options?: CallOptions): Promise<ProjectJson>
    delete(project: string, options?: CallOptions): Promise<void>
    restore(project: string, options?: CallOptions): Promise<ProjectJson>
  }
  readonly runs: {
    search(project: string, query?: RunQuery, options?: CallOptions): Promise<RunPage>
    /** Names that filters, sorts and columns can use, such as `config.lr` and `summary.loss`. */
    fields(
      project: string,
      query?: { readonly prefix?: string | undefined },
      options?: CallOptions
    ): Promise<ReadonlyArray<string>>
    create(project: string, input: typeof RunCreate.Encoded, options?: CallOptions): Promise<RunJson>
    /** `run` is an id or `entity:project:slug`, here and below. */
    get(run: string, options?: CallOptions): Promise<RunJson>
    update(run: string, patch: typeof RunPatch.Encoded, options?: CallOptions): Promise<RunJson>
    finish(
      run: string,
      end: { readonly state: "finished" | "failed" | "killed"; readonly exitCode?: number | undefined },
      options?: CallOptions
    ): Promise<RunJson>
    heartbeat(run: string, options?: CallOptions): Promise<{ readonly stopRequested: boolean }>
    pause(run: string, options?: CallOptions): Promise<RunJson>
    resume(run: string, options?: CallOptions): Promise<RunJson>
    stop(run: string, options?: CallOptions): Promise<RunJson>
    delete(run: string, options?: CallOptions): Promise<void>
    restore(run: string, options?: CallOptions): Promise<RunJson>
    setConfig(run: string, config: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<RunJson>
    configVersions(run: string, options?: CallOptions): Promise<ReadonlyArray<ConfigVersionJson>>
    addTags(run: string, tags: ReadonlyArray<string>, options?: CallOptions): Promise<RunJson>
    removeTag(run: string, tag: string, options?: CallOptions): Promise<RunJson>
    /** The same change to many runs of a project at once (SCOPE PROJ-3). */
    bulk(
      project: string,
      change:
        | { readonly op: "delete" | "restore"; readonly runs: ReadonlyArray<string> }
        | {
            readonly op: "addTags" | "removeTags"
            readonly runs: ReadonlyArray<string>
            readonly tags: ReadonlyArray<string>
          }
        | { readonly op: "group"; readonly runs: ReadonlyArray<string>; readonly group: string | null }
        | { readonly op: "move"; readonly runs: ReadonlyArray<string>; readonly project: string },
      options?: CallOptions
    ): Promise<{
      readonly changed: number
      readonly failed: ReadonlyArray<{ readonly run: string; readonly message: string }>
    }>
  }
  readonly metrics: {
    /** Rows for people and curl; a frame (`encodeFrame`) for clients that log much. */
    append(run: string, body: MetricRows | Uint8Array, options?: AppendOptions): Promise<AppendAnswer>
    keys(
      run: string,
      query?: {
        readonly prefix?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      },
      options?: CallOptions
    ): Promise<Page<MetricKeyJson>>
    define(run: string, definition: MetricDefinition, options?: CallOptions): Promise<void>
    /** Series of many runs × keys as binary columns; each comes once (`run`, `key` tell which). */
    series(project: string, query: SeriesQuery, options?: CallOptions): AsyncIterable<BucketSeries>
    points(
      run: string,
      query: {
        readonly key: string
        readonly from?: number | undefined
        readonly to?: number | undefined
        readonly repeats?: "all" | "last" | undefined
      },
      options?: CallOptions
    ): AsyncIterable<PointBatch>
  }
  readonly logs: {
    append(run: string, lines: ReadonlyArray<LogRecordJson>, options?: AppendOptions): Promise<AppendAnswer>
    read(
      run: string,
      query?: {
        readonly from?: number | undefined
        readonly limit?: number | undefined
        readonly search?: string | undefined
        readonly regex?: boolean | undefined
        readonly level?: ReadonlyArray<LogLevel> | undefined
        readonly stream?: string | undefined
      },
      options?: CallOptions
    ): Promise<{ readonly items: ReadonlyArray<LogLineJson>; readonly next: number | null; readonly total: number }>
    download(run: string, options?: CallOptions): Promise<Blob>
  }
  readonly files: {
    list(
      run: string,
      query?: { readonly prefix?: string; readonly cursor?: string },
      options?: CallOptions
    ): Promise<Page<RunFileJson>>
    put(
      run: string,
      path: string,
      body: Blob | Uint8Array | ReadableStream<Uint8Array>,
      options?: CallOptions & { readonly contentType?: string }
    ): Promise<RunFileJson>
    get(run: string, path: string, options?: CallOptions): Promise<Blob>
    delete(run: string, path: string, options?: CallOptions): Promise<void>
  }
  readonly keys: {
    list(options?: CallOptions): Promise<ReadonlyArray<ApiKeyJson>>
    create(input: typeof ApiKeyCreate.Encoded, options?: CallOptions): Promise<ApiKeyJson & { readonly key: string }>
    delete(id: string, options?: CallOptions): Promise<void>
  }
  /**
   * Follows a run or a project. Reconnects by itself from the last cursor; one socket serves all subscriptions of the client.
   * `onStatus` hears `stale` while the connection is down.
   */
  live(
    query: LiveQuery,
    onMessage: (message: LiveMessage) => void,
    onStatus?: (status: LiveStatus) => void
  ): LiveSubscription
  /** Ends the live connection. Calls that are under way go on. */
  close(): void
}

/** A refused call: the server's problem document (RFC 9457). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly errors?: ReadonlyArray<{ readonly path: string; readonly rule: string; readonly got: string }>
}
