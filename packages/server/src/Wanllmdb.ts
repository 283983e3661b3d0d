/** What a host holds: handlers for its own server and the same operations as promises. No Effect in sight. */
import type {
  ApiKey,
  ApiKeyCreate,
  AppendAnswer,
  AppendReceipt,
  BucketQuery,
  BucketSeries,
  BulkChange,
  ConfigVersion,
  CreatedRun,
  FinalState,
  KeySummary,
  LogLine,
  LogPage,
  LogRecord,
  LogSearch,
  MetricDefinition,
  PointBatch,
  Principal,
  Project,
  ProjectCreate,
  ProjectPatch,
  ProjectQuery,
  Run,
  RunCreate,
  RunFile,
  RunPatch,
  RunSearchPage,
  RunSearchQuery,
  ScanQuery,
  VerifyReport,
  WriterSequence
} from "@wanllmdb/core"
import type { MintOptions } from "./auth/Tokens.ts"
import type { RequestInfo } from "./http/fetchHandler.ts"
import type { NodeListener } from "./http/nodeListener.ts"
import type { ConnectRequest } from "./live/connectRequest.ts"
import type { LiveSocket } from "./live/LiveSocket.ts"

type JsonObject = Run["config"]

export interface ProjectCalls {
  create(input: ProjectCreate): Promise<Project>
  /** The project, made when it does not exist yet. */
  ensure(entity: string, slug: string): Promise<Project>
  get(project: string): Promise<Project>
  list(query?: Partial<ProjectQuery>): Promise<{ readonly items: ReadonlyArray<Project>; readonly next: string | null }>
  update(project: string, patch: ProjectPatch): Promise<Project>
  delete(project: string): Promise<void>
  restore(project: string): Promise<Project>
}

export interface RunCalls {
  /** `project` is an id or `entity:slug`. */
  create(
    input: RunCreate & { readonly project: string },
    options?: { readonly user?: Principal; readonly idempotencyKey?: string }
  ): Promise<CreatedRun>
  get(run: string): Promise<Run>
  search(query: Omit<RunSearchQuery, "project"> & { readonly project: string }): Promise<RunSearchPage>
  fields(project: string, prefix?: string): Promise<ReadonlyArray<string>>
  update(run: string, patch: RunPatch): Promise<Run>
  finish(run: string, end: { readonly state: FinalState; readonly exitCode?: number }): Promise<Run>
  heartbeat(run: string): Promise<{ readonly stopRequested: boolean }>
  pause(run: string): Promise<Run>
  resume(run: string): Promise<Run>
  stop(run: string): Promise<Run>
  rewind(run: string, step: number): Promise<Run>
  delete(run: string): Promise<void>
  restore(run: string): Promise<Run>
  setConfig(run: string, config: JsonObject): Promise<Run>
  configVersions(run: string): Promise<ReadonlyArray<ConfigVersion>>
  addTags(run: string, tags: ReadonlyArray<string>): Promise<Run>
  removeTag(run: string, tag: string): Promise<Run>
  bulk(change: BulkChange): Promise<{
    readonly changed: number
    readonly failed: ReadonlyArray<{ readonly run: string; readonly message: string }>
  }>
}

export interface MetricCalls {
  /** JSON rows or columns, or a frame of `encodeFrame`. Answers after the durable commit. */
  append(run: string, body: Uint8Array | object, writer?: WriterSequence): Promise<AppendAnswer>
  keys(
    run: string,
    query?: { readonly prefix?: string; readonly after?: string; readonly limit?: number }
  ): Promise<ReadonlyArray<KeySummary>>
  /** A number that frames of the run may give in place of these names. */
  registerKeys(run: string, names: ReadonlyArray<string>): Promise<number>
  define(run: string, definition: MetricDefinition): Promise<void>
  definitions(run: string): Promise<ReadonlyArray<MetricDefinition>>
  buckets(query: BucketQuery): AsyncIterable<BucketSeries>
  points(query: ScanQuery): AsyncIterable<PointBatch>
  deleteKey(run: string, key: string): Promise<void>
  verify(run: string): Promise<VerifyReport>
}

export interface LogCalls {
  append(run: string, lines: ReadonlyArray<LogRecord>, writer?: WriterSequence): Promise<AppendReceipt>
  read(
    run: string,
    query?: { readonly from?: number; readonly limit?: number; readonly search?: LogSearch }
  ): Promise<LogPage>
  lines(run: string): AsyncIterable<ReadonlyArray<LogLine>>
}

export interface FileCalls {
  put(
    run: string,
    path: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options?: { readonly contentType?: string }
  ): Promise<RunFile>
  list(
    run: string,
    query?: { readonly prefix?: string; readonly after?: string; readonly limit?: number }
  ): Promise<ReadonlyArray<RunFile>>
  read(run: string, path: string): AsyncIterable<Uint8Array>
  delete(run: string, path: string): Promise<void>
}

export interface KeyCalls {
  create(input?: ApiKeyCreate): Promise<{ readonly apiKey: ApiKey; readonly key: string }>
  list(): Promise<ReadonlyArray<ApiKey>>
  revoke(id: string): Promise<void>
}

export type LiveAdmission =
  | { readonly admitted: true; connect(socket: LiveSocket): void }
  | { readonly admitted: false; readonly status: number; readonly detail: string }

export interface Wanllmdb {
  /** Resolves when the stores are open; rejects with what kept them from it. */
  readonly ready: Promise<void>
  /** For Hono, Next, Bun, workers and tests. */
  readonly handler: (request: Request, info?: RequestInfo) => Promise<Response>
  /** For Express, Fastify and `node:http`, under any prefix, before or after body parsers. */
  readonly nodeListener: NodeListener
  /** Prefix of the mount as configured: `""` or `/prefix`. */
  readonly basePath: string
  /** Takes over an accepted WebSocket. The host owns the upgrade; `attachUpgrade` does it for `node:http`. */
  connect(socket: LiveSocket, request: ConnectRequest, peer?: string): Promise<void>
  /** Decides on an upgrade before it is made, so that a refusal is still an HTTP answer. */
  admit(request: ConnectRequest, peer?: string): Promise<LiveAdmission>
  readonly projects: ProjectCalls
  readonly runs: RunCalls
  readonly metrics: MetricCalls
  readonly logs: LogCalls
  readonly files: FileCalls
  readonly keys: KeyCalls
  readonly migrations: {
    plan(): Promise<ReadonlyArray<string>>
    run(): Promise<ReadonlyArray<string>>
    sql(): Promise<string>
  }
  readonly tokens: {
    /** An embed token for a browser: short-lived, scoped, signed. */
    mint(options: MintOptions): string
    /** Path and code of a link that signs a person in, once, within ten minutes. */
    signInLink(principal?: {
      readonly id: string
      readonly name?: string
      readonly role?: Principal["role"]
    }): Promise<string>
  }
  /** Ends live streams, finishes what is under way and closes the stores. Idempotent. */
  close(): Promise<void>
}
