/** A `MetricStore` in memory over the naive row model: the reference that contract cases and engine tests run on. */
import { Effect, Layer, Stream } from "effect"
import type { BucketQuery, BucketSeries, PointBatch, ScanQuery, TailPage } from "../../metric/MetricQuery.ts"
import { MetricStore, RowsReceived, SequenceGap } from "../../metric/MetricStore.ts"
import { NaiveMetrics, type NaivePoint } from "./NaiveMetrics.ts"
import { toBucketSeries } from "./naiveBuckets.ts"

const batchPoints = 65_536

export const memoryMetricStore: Layer.Layer<MetricStore> = Layer.sync(MetricStore, () => {
  const metrics = new NaiveMetrics()
  return MetricStore.of({
    append: (batch) =>
      Effect.suspend((): ReturnType<MetricStore["Service"]["append"]> => {
        const receipt = metrics.append(batch)
        if ("received" in receipt) return Effect.fail(new RowsReceived(batch.rows ?? { stream: "", from: 0, to: 0 }))
        if (!("expected" in receipt)) return Effect.succeed(receipt)
        const { writer = "", sequence = 0 } = batch.writer ?? {}
        return Effect.fail(new SequenceGap({ writer, expected: receipt.expected, got: sequence }))
      }),
    receivedRows: ({ client, run, stream }) => Effect.sync(() => metrics.receivedRows(run, stream, client)),
    keys: ({ run, prefix, after, limit }) =>
      Effect.sync(() => metrics.keys(run, prefix, after, Math.min(limit ?? 1000, 10_000))),
    buckets: (query) => Stream.fromIterableEffect(Effect.sync(() => buckets(metrics, query))),
    scan: (query) => Stream.fromIterableEffect(Effect.sync(() => scan(metrics, query))),
    summaries: ({ run, keys }) => Effect.sync(() => metrics.summaries(run, keys)),
    tail: ({ run, since, maxBytes }) => Effect.sync(() => tail(metrics, run, since, maxBytes ?? 4 * 1024 * 1024)),
    head: (run) => Effect.sync(() => metrics.head(run)),
    rewind: (run, step) => Effect.sync(() => metrics.rewind(run, step)),
    fork: (run, parent) => Effect.sync(() => metrics.fork(run, parent)),
    changed: (runs) =>
      Effect.sync(() => runs.filter(({ run, since }) => metrics.head(run) > since).map(({ run }) => run)),
    compact: () => Effect.void,
    delete: (run, key) => Effect.sync(() => metrics.delete(run, key)),
    dropRaw: (run, beforeMs) => Effect.sync(() => metrics.dropRaw(run, beforeMs)),
    verify: (run) =>
      Effect.sync(() => ({
        run,
        frames: metrics.frames(run).length,
        chunks: 0,
        points: metrics.visible(run).length,
        faults: []
      }))
  })
})

const buckets = (metrics: NaiveMetrics, query: BucketQuery): ReadonlyArray<BucketSeries> =>
  metrics.buckets(query).map((series) => toBucketSeries(series, metrics.head(series.run)))

const scan = (metrics: NaiveMetrics, query: ScanQuery): ReadonlyArray<PointBatch> => {
  const points = metrics.scan(query)
  const batches: Array<PointBatch> = []
  for (let from = 0; from < points.length; ) {
    const { kind } = points[from]!
    let to = from
    while (to < points.length && to - from < batchPoints && points[to]!.kind === kind) to++
    batches.push(toBatch(kind, points.slice(from, to)))
    from = to
  }
  return batches
}

const toBatch = (kind: PointBatch["kind"], points: ReadonlyArray<NaivePoint>): PointBatch => {
  const steps = Float64Array.from(points, (point) => point.step)
  const times = Float64Array.from(points, (point) => point.time)
  const values = points.map((point) => point.value)
  if (kind === "number") return { kind, steps, times, values: Float64Array.from(values as ReadonlyArray<number>) }
  return { kind, steps, times, values } as PointBatch
}

const tail = (
  metrics: NaiveMetrics,
  run: Parameters<NaiveMetrics["frames"]>[0],
  since: number,
  maxBytes: number
): TailPage => {
  const head = metrics.head(run)
  if (since > head) return { frames: [], cursor: head, reset: true }
  const frames: Array<TailPage["frames"][number]> = []
  let bytes = 0
  for (const frame of metrics.frames(run).slice(since)) {
    if (frames.length > 0 && bytes + frame.body.length > maxBytes) break
    bytes += frame.body.length
    frames.push(frame)
  }
  return { frames, cursor: frames.at(-1)?.sequence ?? since, reset: false }
}
