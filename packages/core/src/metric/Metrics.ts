/** What can be done with a run's metrics: the store's operations with validation, signals and definitions around them. */
import { Context, type Effect, type Stream } from "effect"
import type { RunId, RunNotFound } from "../run/Run.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"
import type {
  BucketQuery,
  BucketSeries,
  KeySummary,
  PointBatch,
  ScanQuery,
  TailPage,
  VerifyReport
} from "./MetricQuery.ts"
import type { SequenceGap, WriterSequence } from "./MetricStore.ts"
import type { RejectedPoint } from "./RejectedPoint.ts"

export interface AppendAnswer {
  /** Points stored. */
  readonly accepted: number
  /** At most 100 are listed in full. */
  readonly rejected: ReadonlyArray<RejectedPoint>
  readonly rejectedCount: number
  readonly sequence: number
  readonly duplicate: boolean
}

export class Metrics extends Context.Service<
  Metrics,
  {
    /** A binary frame, refused whole when its checksum, length or version is wrong. */
    appendFrame(
      run: RunId,
      frame: Uint8Array,
      writer?: WriterSequence
    ): Effect.Effect<AppendAnswer, RunNotFound | SequenceGap | InvalidInput | StoreError>
    /** Parsed JSON rows or columns; points that break a rule are left out and named in the answer. */
    appendJson(
      run: RunId,
      body: unknown,
      writer?: WriterSequence
    ): Effect.Effect<AppendAnswer, RunNotFound | SequenceGap | InvalidInput | StoreError>
    define(run: RunId, definition: MetricDefinition): Effect.Effect<void, RunNotFound | InvalidInput | StoreError>
    definitions(run: RunId): Effect.Effect<ReadonlyArray<MetricDefinition>, RunNotFound | StoreError>
    keys(query: {
      readonly run: RunId
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<KeySummary>, StoreError>
    buckets(query: BucketQuery): Stream.Stream<BucketSeries, InvalidInput | StoreError>
    scan(query: ScanQuery): Stream.Stream<PointBatch, InvalidInput | StoreError>
    tail(query: {
      readonly run: RunId
      readonly since: number
      readonly maxBytes?: number | undefined
    }): Effect.Effect<TailPage, StoreError>
    head(run: RunId): Effect.Effect<number, StoreError>
    deleteKey(run: RunId, key: string): Effect.Effect<void, StoreError>
    verify(run: RunId): Effect.Effect<VerifyReport, StoreError>
  }
>()("@wanllmdb/core/Metrics") {}
