/**
 * The port behind which metric points are kept. Points arrive as binary frames, rest in columns, and are read as exact
 * buckets, raw scans, summaries or a tail. An adapter passes `metricStoreContract` from `@wanllmdb/core/testing`.
 */
import { Context, type Effect, Schema, type Stream } from "effect"
import type { ForkPoint, RunId } from "../run/Run.ts"
import type { StoreError } from "../store/StoreError.ts"
import type {
  BucketQuery,
  BucketSeries,
  KeySummary,
  PointBatch,
  ScanQuery,
  TailPage,
  VerifyReport
} from "./MetricQuery.ts"
import type { RowRange } from "./row/rowRanges.ts"

/** One client process's numbering of its batches: first = 1, then +1. Makes a retry harmless. */
export interface WriterSequence {
  /** 1 to 64 of `[A-Za-z0-9_-]`. */
  readonly writer: string
  readonly sequence: number
}

/**
 * The rows that a batch holds of a stream whose client numbers rows and not batches (W&B's protocol). They count per segment
 * of the run, so a rewind makes their numbers free again.
 */
export interface NumberedRows {
  /** Such as `history`. */
  readonly stream: string
  /** Which of several clients that number the same stream; empty for the only one. */
  readonly client: string
  /** Number of the first row. */
  readonly from: number
  /** Number after the last row. */
  readonly to: number
}

export interface MetricAppend {
  readonly run: RunId
  /** A frame that `checkFrame` accepted, kept as received. */
  readonly frame: Uint8Array
  /** Without it the batch is simply applied. */
  readonly writer?: WriterSequence | undefined
  /** Kept with the batch in one commit. */
  readonly rows?: NumberedRows | undefined
  /** Counts to remember for a later repeat of this sequence. */
  readonly accepted: number
  readonly rejected: number
}

export interface AppendReceipt {
  /** The run's own sequence of this batch: 1 for the first, contiguous, in commit order. */
  readonly sequence: number
  /** True when this (writer, sequence) was applied before; nothing was stored now. */
  readonly duplicate: boolean
  /** Of the first time, where the repeated sequence is the writer's last one. */
  readonly accepted: number
  readonly rejected: number
}

/** The writer skipped a sequence; `expected` is what the store waits for. Nothing was stored. */
export class SequenceGap extends Schema.TaggedError<SequenceGap>()("SequenceGap", {
  writer: Schema.String,
  expected: Schema.Int,
  got: Schema.Int
}) {
  override get message() {
    return `Writer "${this.writer}" sent sequence ${this.got}, expected ${this.expected}`
  }
}

/** Some of the batch's rows were received before. Nothing was stored; ask `receivedRows` and send what is missing. */
export class RowsReceived extends Schema.TaggedError<RowsReceived>()("RowsReceived", {
  stream: Schema.String,
  from: Schema.Int,
  to: Schema.Int
}) {
  override get message() {
    return `Rows of ${this.stream} from ${this.from} to before ${this.to} were received before, or some of them`
  }
}

export class MetricStore extends Context.Service<
  MetricStore,
  {
    /** Appends one batch and answers after the durable commit. Batches that arrive during a commit share the next one. */
    append(batch: MetricAppend): Effect.Effect<AppendReceipt, SequenceGap | RowsReceived | StoreError>
    /** Rows of a numbered stream that the run's present segment holds. */
    receivedRows(query: {
      readonly run: RunId
      readonly stream: string
      readonly client: string
    }): Effect.Effect<ReadonlyArray<RowRange>, StoreError>
    /** Names of a run's keys in Unicode code point order, after `after` (exclusive), that start with `prefix`. */
    keys(query: {
      readonly run: RunId
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      /** Default 1,000, at most 10,000. */
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<string>, StoreError>
    /** One answer per series in the order asked; a series without points gives empty arrays. */
    buckets(query: BucketQuery): Stream.Stream<BucketSeries, StoreError>
    /** Every point, exact to the bit, in order of (step, arrival). */
    scan(query: ScanQuery): Stream.Stream<PointBatch, StoreError>
    /** What the run holds per key; `keys` narrows it. In code point order of key. */
    summaries(query: {
      readonly run: RunId
      readonly keys?: ReadonlyArray<string> | undefined
    }): Effect.Effect<ReadonlyArray<KeySummary>, StoreError>
    /** Frames after the cursor: 0 is the beginning. At most about `maxBytes` (default 4 MiB) of them. */
    tail(query: {
      readonly run: RunId
      readonly since: number
      readonly maxBytes?: number | undefined
    }): Effect.Effect<TailPage, StoreError>
    /** The cursor after everything that is stored of the run. */
    head(run: RunId): Effect.Effect<number, StoreError>
    /**
     * Starts a new segment of the run: points of earlier segments beyond `step` are hidden, not deleted.
     * Gives the number of the new segment.
     */
    rewind(run: RunId, step: number): Effect.Effect<number, StoreError>
    /** Makes the parent's points up to the fork point readable as the run's own. Called once, before the first append. */
    fork(run: RunId, parent: ForkPoint): Effect.Effect<void, StoreError>
    /** Runs of the list whose points changed after the sequence given with each, for summaries that follow lazily. */
    changed(
      runs: ReadonlyArray<{ readonly run: RunId; readonly since: number }>
    ): Effect.Effect<ReadonlyArray<RunId>, StoreError>
    /** Moves what has settled from frames into columnar chunks. Safe to run and to kill at any time. */
    compact(run: RunId, options?: { readonly final?: boolean | undefined }): Effect.Effect<void, StoreError>
    /** Forgets the run's points, or those of one key. Idempotent. */
    delete(run: RunId, key?: string): Effect.Effect<void, StoreError>
    /** Drops raw points older than the moment; bucket statistics stay. Only where the host asks for it. */
    dropRaw(run: RunId, beforeMs: number): Effect.Effect<void, StoreError>
    /** Reads everything of the run against its checksums. */
    verify(run: RunId): Effect.Effect<VerifyReport, StoreError>
  }
>()("@wanllmdb/core/MetricStore") {}
