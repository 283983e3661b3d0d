/** The services that routes, live streams and the promise API call, resolved once, so that a call costs no look-up. */
import {
  ApiKeys,
  BlobStore,
  DocumentStore,
  IdentityStore,
  Lease,
  Logs,
  MetricStore,
  Metrics,
  Projects,
  RunEvents,
  RunFiles,
  RunSearch,
  Runs
} from "@wanllmdb/core"
import { Effect } from "effect"

export interface Engine {
  readonly projects: Projects["Service"]
  readonly runs: Runs["Service"]
  readonly search: RunSearch["Service"]
  readonly metrics: Metrics["Service"]
  readonly metricStore: MetricStore["Service"]
  readonly logs: Logs["Service"]
  readonly files: RunFiles["Service"]
  readonly blobs: BlobStore["Service"]
  readonly keys: ApiKeys["Service"]
  readonly identity: IdentityStore["Service"]
  readonly lease: Lease["Service"]
  readonly events: RunEvents["Service"]
  readonly documents: DocumentStore["Service"]
}

export type EngineServices =
  | Projects
  | Runs
  | RunSearch
  | Metrics
  | MetricStore
  | Logs
  | RunFiles
  | BlobStore
  | ApiKeys
  | IdentityStore
  | Lease
  | RunEvents
  | DocumentStore

export const resolveEngine: Effect.Effect<Engine, never, EngineServices> = Effect.gen(function* () {
  return {
    projects: yield* Projects,
    runs: yield* Runs,
    search: yield* RunSearch,
    metrics: yield* Metrics,
    metricStore: yield* MetricStore,
    logs: yield* Logs,
    files: yield* RunFiles,
    blobs: yield* BlobStore,
    keys: yield* ApiKeys,
    identity: yield* IdentityStore,
    lease: yield* Lease,
    events: yield* RunEvents,
    documents: yield* DocumentStore
  }
})
