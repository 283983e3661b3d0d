/** `MetricStore` on SQLite: appends and long work go to the writer, scans to the reader, small keyed reads run at once. */
import { MetricStore, RowsReceived, SequenceGap, type StoreError } from "@wanllmdb/core"
import { type BucketQuery, type BucketSeries, unpackBuckets } from "@wanllmdb/core/metric"
import { Clock, Effect, Stream } from "effect"
import type { StoreConnections } from "../openStore.ts"
import { attempt, attemptSync, storeError } from "../storeError.ts"
import { ownBytes } from "../thread/buffersOf.ts"
import { bucketsQuery } from "./metricQueries.ts"
import { metricWriter } from "./metricWriter.ts"
import { receivedRows } from "./numberedRows.ts"
import { findRun } from "./RunRow.ts"
import { answerBuckets, planBuckets } from "./read/buckets.ts"
import { keysOf } from "./read/keys.ts"
import { SummaryCache } from "./read/SummaryCache.ts"
import { scanQuery } from "./read/scan.ts"
import { summariesOf } from "./read/summaries.ts"
import { tailOf } from "./read/tail.ts"
import { verifyQuery } from "./read/verify.ts"

/** A bucket query that is expected to take longer runs on the reader's thread. */
const inlineMs = 4

export const makeMetricStore = ({ writer, reader, connection }: StoreConnections): MetricStore["Service"] => {
  const summaryCache = new SummaryCache()
  const read = <A>(operation: string, body: (prepare: typeof connection.prepare) => A): Effect.Effect<A, StoreError> =>
    attemptSync(operation, () => connection.snapshot(({ prepare }) => body(prepare)))
  const task = <A>(name: string, input: unknown): Effect.Effect<A, StoreError> =>
    attempt(`metrics.${name}`, () => writer.task<A>(metricWriter, name, input))

  const append: MetricStore["Service"]["append"] = Effect.fnUntraced(function* (batch) {
    const receivedMs = yield* Clock.currentTimeMillis
    const answer = yield* attempt("metrics.append", () =>
      writer.append(
        metricWriter,
        {
          run: batch.run,
          frame: ownBytes(batch.frame),
          writer: batch.writer?.writer ?? null,
          sequence: batch.writer?.sequence ?? 0,
          rows: batch.rows ?? null,
          accepted: batch.accepted,
          rejected: batch.rejected,
          receivedMs
        },
        batch.frame.length
      )
    )
    if ("received" in answer) return yield* new RowsReceived(batch.rows ?? { stream: "", from: 0, to: 0 })
    if (!("expected" in answer)) return answer
    const { writer: name = "", sequence = 0 } = batch.writer ?? {}
    return yield* new SequenceGap({ writer: name, expected: answer.expected, got: sequence })
  })

  /** Null when it would hold the event loop too long. */
  const bucketsAtOnce = (query: BucketQuery) =>
    attemptSync("metrics.buckets", () =>
      connection.snapshot((context): ReadonlyArray<BucketSeries> | null => {
        const plan = planBuckets(context, query, inlineMs)
        return plan === null ? null : [...answerBuckets(context, plan)]
      })
    )

  return MetricStore.of({
    append,
    receivedRows: ({ client, run, stream }) =>
      read("metrics.receivedRows", (prepare) => receivedRows(prepare, findRun(prepare, run), { client, stream })),
    keys: (query) => read("metrics.keys", (prepare) => keysOf(prepare, summaryCache, query)),
    buckets: (query) =>
      Stream.unwrap(
        Effect.map(bucketsAtOnce(query), (series) =>
          series === null
            ? Stream.map(
                Stream.fromAsyncIterable(reader.read(bucketsQuery, query), (cause) =>
                  storeError("metrics.buckets", cause)
                ),
                unpackBuckets
              )
            : Stream.fromIterable(series)
        )
      ),
    scan: (query) =>
      Stream.suspend(() =>
        Stream.fromAsyncIterable(reader.read(scanQuery, query), (cause) => storeError("metrics.scan", cause))
      ),
    summaries: ({ run, keys }) => read("metrics.summaries", (prepare) => summariesOf(prepare, summaryCache, run, keys)),
    tail: ({ run, since, maxBytes }) => read("metrics.tail", (prepare) => tailOf(prepare, run, since, maxBytes)),
    head: (run) => read("metrics.head", (prepare) => findRun(prepare, run)?.headSeq ?? 0),
    rewind: (run, step) => task<number>("rewind", { run, step }),
    fork: (run, parent) => task<void>("fork", { run, parent }),
    changed: (runs) =>
      read("metrics.changed", (prepare) =>
        runs.filter(({ run, since }) => (findRun(prepare, run)?.headSeq ?? 0) > since).map(({ run }) => run)
      ),
    compact: (run, options) => task<void>("compact", { run, final: options?.final ?? false }),
    delete: (run, key) =>
      key === undefined ? task<void>("deleteRun", { run }) : task<void>("deleteKey", { run, key }),
    dropRaw: (run, beforeMs) => task<void>("dropRaw", { run, beforeMs }),
    verify: (run) =>
      attempt("metrics.verify", async () => {
        for await (const report of reader.read(verifyQuery, { run })) return report
        throw new Error("the reader gave no report")
      })
  })
}
