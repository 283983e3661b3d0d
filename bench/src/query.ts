/**
 * Chart queries on long series: exact power-of-two buckets from stored cells against `group by` over a row a point, with equal
 * answers; and the raw export of a long series while the event loop is watched.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { MetricStore, RunId } from "@wanllmdb/core"
import { type BucketQuery, type BucketSeries, encodeFrame } from "@wanllmdb/core/metric"
import { sqlite } from "@wanllmdb/storage-sqlite"
import Database from "better-sqlite3"
import { type Effect, ManagedRuntime, Schema, Stream } from "effect"
import { median, report } from "./report/Report.ts"

const out = report("query")
const folder = mkdtempSync(join(tmpdir(), "wanllmdb-query-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))

const runtime = ManagedRuntime.make(sqlite({ file: join(folder, "ours.db"), durability: "process" }).layer)
const store = await runtime.runPromise(MetricStore)
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => runtime.runPromise(effect)
const runId = (n: number): RunId => Schema.decodeSync(RunId)(n.toString(16).padStart(32, "0"))

const rows = new Database(join(folder, "rows.db"))
rows.pragma("journal_mode = off")
rows.pragma("synchronous = off")
// As much memory as it can use: reads then take no system call.
rows.pragma("cache_size = -1048576")
rows.pragma("mmap_size = 8589934592")
rows.exec(
  "create table point (run integer not null, step integer not null, value real, primary key (run, step)) without rowid"
)
const insertRow = rows.prepare("insert into point (run, step, value) values (?, ?, ?)")

const block = 262_144
const blockValues = Float64Array.from({ length: block }, (_, i) =>
  Math.fround(2.5 * Math.exp(-i / 50_000) + Math.sin(i * 0.37) * 0.1 + ((i * 7919) % 1000) / 5000)
)

/** Writes `points` of key `loss` to a run, in frames of 262,144, and compacts them. Gives how many the time was enough for. */
const fill = async (id: number, points: number, limitMs = Number.POSITIVE_INFINITY): Promise<number> => {
  const begun = performance.now()
  let written = 0
  for (let from = 0; from < points && performance.now() - begun < limitMs; from += block) {
    const count = Math.min(block, points - from)
    const steps = Float64Array.from({ length: count }, (_, i) => from + i)
    const values = blockValues.subarray(0, count)
    const frame = encodeFrame([
      { keys: ["loss"], steps, times: steps.map((step) => 1.79e12 + step * 10), columns: [{ kind: "number", values }] }
    ])
    await run(store.append({ run: runId(id), frame, accepted: count, rejected: 0 }))
    written += count
  }
  await run(store.compact(runId(id), { final: true }))
  return written
}

const insertFirst = rows.transaction(() => {
  for (let i = 0; i < block; i++) insertRow.run(0, i, blockValues[i])
})
const copyRows = rows.prepare(
  "insert into point (run, step, value) select ?, step + ?, value from point where run = 0 and step < ?"
)
insertFirst()

/** The same points as rows, copied within the database, which is the fastest way to make them. */
const fillRows = (id: number, points: number): void => {
  for (let from = 0; from < points; from += block) copyRows.run(id, from, Math.min(block, points - from))
}

const ask = (query: BucketQuery): Promise<ReadonlyArray<BucketSeries>> => run(Stream.runCollect(store.buckets(query)))

const timed = async <A>(repeats: number, body: () => Promise<A> | A): Promise<{ ms: number; answer: A }> => {
  const times: Array<number> = []
  let answer = await body()
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    answer = await body()
    times.push(performance.now() - start)
  }
  return { ms: median(times), answer }
}

interface SqlBucket {
  readonly b: number
  readonly n: number
  readonly low: number
  readonly high: number
  readonly total: number
  readonly first: number
  readonly last: number
}

/** The same buckets by SQL, with the first and last value looked up at the ends of each. */
const groupBy = rows.prepare(
  `with g as (select step / cast(? as integer) as b, count(*) as n, min(value) as low, max(value) as high, sum(value) as total,
     min(step) as s0, max(step) as s1 from point where run = ? group by 1)
   select b, n, low, high, total, (select value from point where run = ? and step = s0) as first,
     (select value from point where run = ? and step = s1) as last from g order by b`
)

const rangeOf = rows.prepare(
  `select count(*) as n, min(value) as low, max(value) as high, sum(value) as total from point
   where run = ? and step >= ? and step < ?`
)
const firstOf = rows.prepare("select value from point where run = ? and step >= ? order by step limit 1").pluck()
const lastOf = rows.prepare("select value from point where run = ? and step < ? order by step desc limit 1").pluck()

/** The same buckets by one range of the primary key each, which spares SQL the sorting: the best of the ways that were tried. */
const byRange = (run: number, width: number, points: number): ReadonlyArray<SqlBucket> =>
  Array.from({ length: Math.ceil(points / width) }, (_, b) => ({
    b,
    ...(rangeOf.get(run, b * width, (b + 1) * width) as Pick<SqlBucket, "n" | "low" | "high" | "total">),
    first: firstOf.get(run, b * width) as number,
    last: lastOf.get(run, (b + 1) * width) as number
  }))

const differences = (series: BucketSeries, sql: ReadonlyArray<SqlBucket>): number => {
  let wrong = Math.abs(series.x.length - sql.length)
  for (const [i, bucket] of sql.entries()) {
    const exact =
      series.x[i] === bucket.b * series.width &&
      series.count[i] === bucket.n &&
      series.min[i] === bucket.low &&
      series.max[i] === bucket.high &&
      series.first[i] === bucket.first &&
      series.last[i] === bucket.last
    // SQLite adds up in order, we with compensation: equal to within its rounding.
    const near = Math.abs(series.sum[i]! - bucket.total) <= 1e-9 * Math.abs(bucket.total)
    if (!exact || !near) wrong++
  }
  return wrong
}

/** 10^7 points of one series. */
const longSeries = async (): Promise<void> => {
  const long = 10_000_000
  const start = performance.now()
  await fill(1, long)
  out.row("10^7 points, append and compaction", (performance.now() - start) / 1000, "s")
  fillRows(1, long)
  const query = { series: [{ run: runId(1), key: "loss" }], buckets: 1500 }
  const ours = await timed(21, () => ask(query))
  const series = ours.answer[0]!
  const sql = await timed(1, () => groupBy.all(series.width, 1, 1, 1) as ReadonlyArray<SqlBucket>)
  const ranges = await timed(1, () => byRange(1, series.width, long))
  out.row(
    "10^7 points: buckets",
    ours.ms,
    "ms;  SQL group by",
    sql.ms,
    "ms, SQL by ranges",
    ranges.ms,
    "ms;",
    `${series.x.length} buckets of ${series.width}`
  )
  out.atMost("differences-1e7", differences(series, sql.answer) + differences(series, ranges.answer), 0)
  out.atLeast("group-by-1e7", sql.ms / ours.ms, 1000, "x")
  out.row("10^7 points: times the faster SQL", ranges.ms / ours.ms)

  for (const zoom of [0.1, 0.001, 0.000_01]) {
    const from = Math.floor(long * 0.37)
    const window = await timed(9, () => ask({ ...query, from, to: from + long * zoom }))
    out.row(`10^7 points: window of ${zoom * 100} %`, window.ms, "ms")
  }

  // The raw export, with the loop watched.
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const exportStart = performance.now()
  const exported = await run(
    Stream.runFold(
      store.scan({ run: runId(1), key: "loss", repeats: "all" }),
      () => 0,
      (sum, batch) => sum + batch.steps.length
    )
  )
  const exportSeconds = (performance.now() - exportStart) / 1000
  delay.disable()
  out.row("10^7 points: raw export", exported / exportSeconds / 1e6, "Mpoints/s")
  out.atMost("export-loop-p99", delay.percentile(99) / 1e6, 20, "ms")
}

const runs = 100
const perRun = 100_000
const groups = 8
const warmUps = 3

/**
 * 100 runs of 10^5 points, one chart, asked for again and again on both sides. Of other groups of runs each is asked for once, so
 * that nothing of it was unpacked before; the first of these groups only warm up the code for that.
 */
const manyRuns = async (): Promise<void> => {
  const idOf = (group: number, i: number) => 1000 * (group + 1) + i
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < runs; i++) {
      await fill(idOf(group, i), perRun)
      if (group === 0) fillRows(idOf(group, i), perRun)
    }
  }
  const many = (group: number): BucketQuery => ({
    series: Array.from({ length: runs }, (_, i) => ({ run: runId(idOf(group, i)), key: "loss" })),
    buckets: 500
  })
  const again = await timed(21, () => ask(many(0)))
  const firsts: Array<number> = []
  for (let group = 1; group < groups; group++) {
    const start = performance.now()
    await ask(many(group))
    if (group > warmUps) firsts.push(performance.now() - start)
  }
  const first = median(firsts)
  const width = again.answer[0]!.width
  let wrong = 0
  const compare = (answer: (id: number) => ReadonlyArray<SqlBucket>) =>
    timed(1, () => {
      wrong = 0
      for (let i = 0; i < runs; i++) wrong += differences(again.answer[i]!, answer(idOf(0, i)))
    })
  const grouped = await compare((id) => groupBy.all(width, id, id, id) as ReadonlyArray<SqlBucket>)
  out.atMost("differences-100-runs", wrong, 0)
  const ranges = await compare((id) => byRange(id, width, perRun))
  out.atMost("differences-100-runs-by-range", wrong, 0)
  out.row("100 runs x 10^5 points: buckets read first", first, "ms, again", again.ms, "ms")
  out.row("100 runs x 10^5 points: SQL group by", grouped.ms, "ms, SQL by ranges", ranges.ms, "ms")
  out.row(
    "100 runs x 10^5 points: read first, times SQL group by",
    grouped.ms / first,
    "the faster SQL",
    ranges.ms / first
  )
  out.row("100 runs x 10^5 points: read again, times the faster SQL", ranges.ms / again.ms)
  out.atLeast("group-by-100-runs", grouped.ms / again.ms, 150, "x")
}

/** 10^8 points of one series, or what two minutes are enough for. */
const hugeSeries = async (): Promise<void> => {
  const hugeStart = performance.now()
  const huge = await fill(2, 100_000_000, 120_000)
  const hugeName = `${(huge / 1e6).toFixed(0)} million points`
  out.row(`${hugeName}, append and compaction`, (performance.now() - hugeStart) / 1000, "s")
  const hugeOurs = await timed(21, () => ask({ series: [{ run: runId(2), key: "loss" }], buckets: 1500 }))
  const counted = hugeOurs.answer[0]!.count.reduce((a, b) => a + b, 0)
  out.row(`${hugeName}: buckets`, hugeOurs.ms, "ms")
  out.atMost("differences-1e8", huge - counted, 0)
  // Time follows the number of tiles: what is missing to 10^8 is added in proportion.
  out.atMost("buckets-1e8", hugeOurs.ms * (100_000_000 / huge), 10, "ms")
}

const parts: Readonly<Record<string, () => Promise<void>>> = { long: longSeries, runs: manyRuns, huge: hugeSeries }

// `node dist/query.js runs` runs one part.
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)) {
  const part = parts[name]
  if (part === undefined) throw new Error(`No part "${name}": there are ${Object.keys(parts).join(", ")}`)
  await part()
}
rows.close()
await runtime.dispose()
out.close()
