/**
 * The store under test beside the naive row model: every change goes to both, every answer of the store is compared with the
 * model's. Values are compared by their bits, sums and means up to rounding.
 */
import { strict as assert } from "node:assert"
import { Effect, Stream } from "effect"
import { bucketLevel } from "../../../metric/bucket/bucketLevel.ts"
import { FrameBuilder, type RowExtras } from "../../../metric/frame/FrameBuilder.ts"
import type { BucketQuery, PointBatch, ScanQuery, SeriesRef } from "../../../metric/MetricQuery.ts"
import { type AppendReceipt, MetricStore, type WriterSequence } from "../../../metric/MetricStore.ts"
import { RunId } from "../../../run/Run.ts"
import { newIdentifier } from "../../../store/Identifier.ts"
import { NaiveMetrics, type NaivePoint } from "../NaiveMetrics.ts"
import { toBucketSeries } from "../naiveBuckets.ts"
import { assertSameBuckets, assertSamePoints, assertSameSummaries } from "./sameAnswers.ts"

export interface Row extends RowExtras {
  readonly step: number
  readonly time?: number
  readonly values?: Readonly<Record<string, number>>
}

export const startTime = 1_790_000_000_000

export const frameOf = (rows: ReadonlyArray<Row>): Uint8Array => {
  const builder = new FrameBuilder()
  for (const row of rows) builder.add(row.step, row.time ?? startTime + row.step * 250, row.values ?? {}, row)
  return builder.take()
}

/** Rows of one key at ascending steps from 0 on. */
export const rowsOf = (key: string, values: ReadonlyArray<number>, from = 0): ReadonlyArray<Row> =>
  values.map((value, i) => ({ step: from + i, values: { [key]: value } }))

export const newRun: Effect.Effect<RunId> = Effect.map(newIdentifier, (id) => RunId.make(id))

export class CheckedStore {
  readonly store: MetricStore["Service"]
  readonly model: NaiveMetrics

  constructor(store: MetricStore["Service"], model = new NaiveMetrics()) {
    this.store = store
    this.model = model
  }

  append(run: RunId, rows: ReadonlyArray<Row>, writer?: WriterSequence, rejected = 0) {
    return this.appendFrame(run, frameOf(rows), writer, rejected)
  }

  appendFrame(run: RunId, frame: Uint8Array, writer?: WriterSequence, rejected = 0) {
    const { store, model } = this
    return Effect.gen(function* () {
      const batch = { run, frame, writer, accepted: 1000 + frame.length, rejected }
      const expected = model.append(batch)
      const result = yield* Effect.result(store.append(batch))
      assert.ok(!("received" in expected), "batches of this model number no rows")
      if ("expected" in expected) {
        assert.ok(result._tag === "Failure", "a gap in a writer's sequence is refused")
        assert.equal(result.failure._tag, "SequenceGap")
        if (result.failure._tag === "SequenceGap") assert.equal(result.failure.expected, expected.expected)
        return undefined
      }
      if (result._tag === "Failure") return yield* Effect.die(result.failure)
      assert.deepEqual(receiptOf(result.success, expected), expected)
      return result.success
    })
  }

  rewind(run: RunId, step: number) {
    const expected = this.model.rewind(run, step)
    return Effect.map(this.store.rewind(run, step), (segment) => {
      assert.equal(segment, expected)
      return segment
    })
  }

  fork(run: RunId, parent: { readonly run: RunId; readonly segment: number; readonly step: number }) {
    this.model.fork(run, parent)
    return this.store.fork(run, parent)
  }

  delete(run: RunId, key?: string) {
    this.model.delete(run, key)
    return this.store.delete(run, key)
  }

  scan(query: ScanQuery) {
    const expected = this.model.scan(query)
    return Effect.map(scanAll(this.store, query), (points) => assertSamePoints(points, expected, JSON.stringify(query)))
  }

  buckets(query: BucketQuery) {
    const expected = this.model.buckets(query).map((series) => toBucketSeries(series, 0))
    return Effect.map(Stream.runCollect(this.store.buckets(query)), (series) =>
      assertSameBuckets(series, expected, JSON.stringify({ ...query, series: query.series.length }))
    )
  }

  /** Every answer about the run that the model can give. */
  same(run: RunId) {
    const { store, model } = this
    const check = this
    return Effect.gen(function* () {
      const keys = model.keys(run, "", undefined, 10_000)
      assert.deepEqual(yield* store.keys({ run, limit: 10_000 }), keys)
      assert.equal(yield* store.head(run), model.head(run))
      assertSameSummaries(yield* store.summaries({ run }), model.summaries(run))
      for (const key of keys) {
        yield* check.scan({ run, key, repeats: "all" })
        yield* check.scan({ run, key })
        yield* check.sameBuckets({ run, key })
      }
      if (keys.length > 0) yield* check.buckets({ series: keys.map((key) => ({ run, key })), buckets: 7 })
    })
  }

  sameBuckets(series: SeriesRef) {
    const check = this
    const steps = this.model.series(series, "all").map((point) => point.step)
    const low = steps.reduce((a, b) => Math.min(a, b), 0)
    const high = steps.reduce((a, b) => Math.max(a, b), 0)
    const quarter = (high - low) / 4
    const edge = 2 ** bucketLevel(low, high, 8)
    return Effect.gen(function* () {
      for (const buckets of [1, 3, 50, 20_000]) yield* check.buckets({ series: [series], buckets })
      yield* check.buckets({ series: [series], repeats: "last", buckets: 10 })
      yield* check.buckets({ series: [series], from: low + quarter, to: high - quarter, buckets: 11 })
      // Edges that are bucket edges, from inside and from outside.
      yield* check.buckets({
        series: [series],
        from: Math.ceil(low / edge) * edge,
        to: Math.floor(high / edge) * edge,
        buckets: 8
      })
      yield* check.buckets({ series: [series], from: low - 2 * edge, to: high + edge, buckets: 5 })
      yield* check.buckets({ series: [series], from: high + 1, to: high + 2 })
      yield* check.buckets({ series: [series], x: "wall", buckets: 6 })
      yield* check.buckets({ series: [series], x: "relative", buckets: 9 })
    })
  }
}

/** Sequence of a repeat that is not the writer's last is the store's own affair. */
const receiptOf = (receipt: AppendReceipt, expected: AppendReceipt): AppendReceipt =>
  receipt.duplicate && expected.duplicate && expected.accepted === 0
    ? { ...receipt, sequence: expected.sequence, accepted: 0, rejected: 0 }
    : receipt

export const checkedStore: Effect.Effect<CheckedStore, never, MetricStore> = Effect.map(
  MetricStore,
  (store) => new CheckedStore(store)
)

export interface ScannedPoint extends Pick<NaivePoint, "kind" | "step" | "time" | "value"> {}

export const scanAll = (store: MetricStore["Service"], query: ScanQuery) =>
  Effect.map(Stream.runCollect(store.scan(query)), (batches) => batches.flatMap(batchPoints))

const batchPoints = (batch: PointBatch): ReadonlyArray<ScannedPoint> => {
  assert.ok(batch.steps.length <= 65_536, "a batch has at most 65,536 points")
  assert.equal(batch.times.length, batch.steps.length)
  assert.equal(batch.values.length, batch.steps.length)
  return Array.from(batch.steps, (step, i) => ({
    kind: batch.kind,
    step,
    time: batch.times[i]!,
    value: batch.values[i]! as ScannedPoint["value"]
  }))
}
