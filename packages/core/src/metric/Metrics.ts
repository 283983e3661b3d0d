/** What can be done with a run's metrics: the store's operations with validation, signals and definitions around them. */
import { Clock, Context, Effect, Layer, Stream } from "effect"
import { DocumentStore } from "../document/DocumentStore.ts"
import { RunEvents } from "../event/RunEvents.ts"
import type { RunId, RunNotFound } from "../run/Run.ts"
import { Runs } from "../run/Runs.ts"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import { checkBucketQuery, checkDefinition, checkRows, checkScanQuery, checkWriter } from "./checkMetricQuery.ts"
import { checkFrame } from "./frame/checkFrame.ts"
import { inlineKeysets, keysetsOf } from "./frame/inlineKeysets.ts"
import { JsonPointsReader } from "./json/jsonPoints.ts"
import { Keysets } from "./keyset/Keysets.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"
import { MetricDefinitionStore } from "./MetricDefinitionStore.ts"
import type {
  BucketQuery,
  BucketSeries,
  KeySummary,
  PointBatch,
  ScanQuery,
  TailPage,
  VerifyReport
} from "./MetricQuery.ts"
import {
  type AppendReceipt,
  MetricStore,
  type NumberedRows,
  type RowsReceived,
  type SequenceGap,
  type WriterSequence
} from "./MetricStore.ts"
import { lacksSteps, NextSteps } from "./NextSteps.ts"
import type { RejectedPoint } from "./RejectedPoint.ts"

/** JSON points that are read before others get their turn: a few milliseconds. */
const pointsAtOnce = 10_000

export interface AppendAnswer {
  /** Points stored. */
  readonly accepted: number
  /** At most 100 are listed in full. */
  readonly rejected: ReadonlyArray<RejectedPoint>
  readonly rejectedCount: number
  readonly sequence: number
  readonly duplicate: boolean
}

export interface KeyQuery {
  readonly run: RunId
  readonly prefix?: string | undefined
  /** The last key of the page before. */
  readonly after?: string | undefined
  /** Default 1,000, at most 10,000. */
  readonly limit?: number | undefined
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
    /** The same for a client that numbers its rows; `RowsReceived` when some of them are stored already. */
    appendRows(
      run: RunId,
      frame: Uint8Array,
      rows: NumberedRows
    ): Effect.Effect<AppendAnswer, RunNotFound | RowsReceived | InvalidInput | StoreError>
    /** Parsed JSON rows or columns; points that break a rule are left out and named in the answer. */
    appendJson(
      run: RunId,
      body: unknown,
      writer?: WriterSequence
    ): Effect.Effect<AppendAnswer, RunNotFound | SequenceGap | InvalidInput | StoreError>
    /** A number that frames of this run may give in place of these names; the same names give the same number. */
    registerKeys(
      run: RunId,
      names: ReadonlyArray<string>
    ): Effect.Effect<number, RunNotFound | InvalidInput | StoreError>
    define(run: RunId, definition: MetricDefinition): Effect.Effect<void, RunNotFound | InvalidInput | StoreError>
    definitions(run: RunId): Effect.Effect<ReadonlyArray<MetricDefinition>, RunNotFound | StoreError>
    keys(query: KeyQuery): Effect.Effect<ReadonlyArray<KeySummary>, StoreError>
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
>()("@wanllmdb/core/Metrics") {
  static readonly layer = Layer.effect(
    Metrics,
    Effect.gen(function* () {
      const store = yield* MetricStore
      const definitionStore = yield* MetricDefinitionStore
      const runs = yield* Runs
      const events = yield* RunEvents
      const nextSteps = new NextSteps(store)
      const keysets = new Keysets(yield* DocumentStore)

      const keepNumbered = Effect.fnUntraced(function* (run: RunId, batch: Batch, by: Numbering) {
        const { project } = yield* runs.locate(run)
        const { frame, accepted } = batch
        if (accepted === 0 && by.writer === undefined && by.rows === undefined) {
          return answerOf(batch, { sequence: yield* store.head(run), duplicate: false, accepted, rejected: 0 })
        }
        const receipt = yield* store.append({ run, frame, ...by, accepted, rejected: batch.rejectedCount })
        if (!receipt.duplicate && accepted > 0) {
          yield* events.publish({ project, run, topic: "points" })
          if (batch.records) yield* events.publish({ project, run, topic: "media" })
          yield* runs.touched(run)
        }
        return answerOf(batch, receipt)
      })

      // Only numbered rows can have been received before.
      const keep = (run: RunId, batch: Batch, writer: WriterSequence | undefined) =>
        Effect.catchTag(keepNumbered(run, batch, { writer }), "RowsReceived", Effect.die)

      const checked = Effect.fnUntraced(function* (run: RunId, given: Uint8Array) {
        const numbers = keysetsOf(given)
        const names = numbers.length === 0 ? undefined : yield* keysets.resolver(run, numbers)
        const check = checkFrame(given, { keysets: names })
        if (!check.ok) return yield* invalidInput("frame", check.rule, `byte ${check.offset}`)
        const frame = names === undefined ? given : inlineKeysets(given, names)
        if (frame === null)
          return yield* invalidInput("frame", "must have at most 64 MiB with its names inline", "more")
        return { frame, accepted: check.points, rejected: [], rejectedCount: 0, records: check.records > 0 }
      })

      const appendFrame = Effect.fnUntraced(function* (run: RunId, frame: Uint8Array, writer?: WriterSequence) {
        yield* checkWriter(writer)
        return yield* keep(run, yield* checked(run, frame), writer)
      })

      const appendRows = Effect.fnUntraced(function* (run: RunId, frame: Uint8Array, rows: NumberedRows) {
        yield* checkRows(rows)
        const kept = keepNumbered(run, yield* checked(run, frame), { rows })
        return yield* Effect.catchTag(kept, "SequenceGap", Effect.die)
      })

      const appendJson = Effect.fn("Metrics.appendJson")(function* (
        run: RunId,
        body: unknown,
        writer?: WriterSequence
      ) {
        yield* checkWriter(writer)
        const now = yield* Clock.currentTimeMillis
        const nextStep = lacksSteps(body) ? yield* nextSteps.of(run) : 0
        const reader = new JsonPointsReader(body, { nextStep, now })
        if (reader.fault !== null) return yield* invalidInput(reader.fault.path, reader.fault.rule, reader.fault.got)
        while (!reader.read(pointsAtOnce)) yield* Effect.yieldNow
        const points = reader.finish()
        nextSteps.taken(run, points.nextStep)
        const answer = yield* keep(run, points, writer)
        if (!answer.duplicate && answer.accepted > 0) nextSteps.stored(run, answer.sequence)
        return answer
      })

      const define = Effect.fn("Metrics.define")(function* (run: RunId, definition: MetricDefinition) {
        yield* runs.locate(run)
        yield* checkDefinition(definition)
        yield* definitionStore.put(run, definition)
        yield* runs.touched(run)
      })

      const keys = Effect.fnUntraced(function* (query: KeyQuery) {
        const names = yield* store.keys(query)
        return names.length === 0 ? [] : yield* store.summaries({ run: query.run, keys: names })
      })

      const deleteKey = Effect.fn("Metrics.deleteKey")(function* (run: RunId, key: string) {
        yield* store.delete(run, key)
        const located = yield* Effect.result(runs.locate(run))
        if (located._tag === "Failure") return
        yield* events.publish({ project: located.success.project, run, topic: "points" })
        yield* runs.touched(run)
      })

      return Metrics.of({
        appendFrame,
        registerKeys: (run, names) => Effect.andThen(runs.locate(run), keysets.register(run, names)),
        appendRows,
        appendJson,
        define,
        definitions: (run) => Effect.andThen(runs.locate(run), definitionStore.list(run)),
        keys,
        buckets: (query) => Stream.unwrap(Effect.as(checkBucketQuery(query), store.buckets(query))),
        scan: (query) => Stream.unwrap(Effect.as(checkScanQuery(query), store.scan(query))),
        tail: store.tail,
        head: store.head,
        deleteKey,
        verify: store.verify
      })
    })
  )
}

/** How the client numbers what it sends, if it does. */
interface Numbering {
  readonly writer?: WriterSequence | undefined
  readonly rows?: NumberedRows | undefined
}

/** A checked frame and what is to be said of it. */
interface Batch {
  readonly frame: Uint8Array
  readonly accepted: number
  readonly rejected: ReadonlyArray<RejectedPoint>
  readonly rejectedCount: number
  readonly records: boolean
}

/** A repeat answers the counts of the first time; which points those were is not kept. */
const answerOf = (batch: Batch, receipt: AppendReceipt): AppendAnswer => ({
  accepted: receipt.accepted,
  rejected: receipt.duplicate ? [] : batch.rejected,
  rejectedCount: receipt.duplicate ? receipt.rejected : batch.rejectedCount,
  sequence: receipt.sequence,
  duplicate: receipt.duplicate
})
