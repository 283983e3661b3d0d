/**
 * Durable ingest of metric points (synchronous=full everywhere): our frames with group commit against a row a point, against
 * MLflow's tables, and against the disk itself; and all in, with compaction to columns.
 */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MetricStore, RunId } from "@wanllmdb/core"
import { encodeFrame } from "@wanllmdb/core/metric"
import { type SqliteOptions, sqlite } from "@wanllmdb/storage-sqlite"
import { Effect, Layer, ManagedRuntime, Schema } from "effect"
import { mlflowRows, type PointBatch, preparedRows, type RowStore } from "./baseline/metricRows.ts"
import { rawSyncSeconds } from "./baseline/rawSync.ts"
import { jitteredTimes, mixedKeys } from "./data/series.ts"
import { median, report } from "./report/Report.ts"

const folder = mkdtempSync(join(tmpdir(), "wanllmdb-ingest-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))

const out = report("ingest")
const rows = 16_384
const keys = mixedKeys(rows)
const times = jitteredTimes(rows)
const names = keys.map(({ key }) => key)
const runId = (n: number): RunId => Schema.decodeSync(RunId)(n.toString(16).padStart(32, "0"))
const rounds = 5
let files = 0

/** A new file, once the files before it are gone and the disk has written what it had: nobody's sync pays for another's data. */
const nextFile = (): string => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file))
  if (process.platform !== "win32") execFileSync("sync")
  return join(folder, `${++files}.db`)
}

/** Batch `i` of `batchRows` steps of every key; steps go on for ever, values repeat. */
const batchOf = (i: number, batchRows: number): PointBatch => {
  const from = (i * batchRows) % (rows - batchRows)
  return {
    keys: names,
    steps: Float64Array.from({ length: batchRows }, (_, row) => i * batchRows + row),
    times: times.subarray(from, from + batchRows).map((time) => time + i * 1000),
    columns: keys.map(({ values }) => values.subarray(from, from + batchRows))
  }
}

const frameOf = (batch: PointBatch): Uint8Array =>
  encodeFrame([{ ...batch, columns: batch.columns.map((values) => ({ kind: "number", values })) }])

/** Millions of points a second of a row store, over about a second and a half. */
const rowRate = (store: RowStore, batches: ReadonlyArray<PointBatch>): number => {
  const start = performance.now()
  let points = 0
  for (const batch of batches) {
    store.append(batch)
    points += batch.steps.length * batch.columns.length
    if (performance.now() - start > 1500) break
  }
  const seconds = (performance.now() - start) / 1000
  store.close()
  return points / seconds / 1e6
}

const opened = async <A>(
  options: Partial<SqliteOptions>,
  use: (store: MetricStore["Service"]) => Promise<A>
): Promise<A> => {
  const runtime = ManagedRuntime.make(Layer.fresh(sqlite({ file: nextFile(), ...options }).layer))
  try {
    return await use(await runtime.runPromise(MetricStore))
  } finally {
    await runtime.dispose()
  }
}

/** `writers` clients that each send their next frame when the last one is acknowledged; `runs` runs between them. Seconds. */
const appendAll = async (
  store: MetricStore["Service"],
  frames: ReadonlyArray<Uint8Array>,
  writers: number,
  runs: number,
  points: number
): Promise<number> => {
  let next = 0
  const client = async (id: number) => {
    for (let sequence = 1; next < frames.length; sequence++) {
      const frame = frames[next++]!
      const writer = { writer: `w${id}`, sequence }
      await Effect.runPromise(
        store.append({ run: runId(1 + (id % runs)), frame, writer, accepted: points, rejected: 0 })
      )
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: writers }, (_, id) => client(id)))
  return (performance.now() - start) / 1000
}

const drivers = ["better-sqlite3", "node:sqlite"] as const

for (const batchPoints of [1000, 20_000]) {
  const label = batchPoints === 1000 ? "1k" : "20k"
  const count = batchPoints === 1000 ? 4000 : 480
  // Small batches come from many clients at once, in life as here.
  const clients = batchPoints === 1000 ? 128 : 16
  const batches = Array.from({ length: count }, (_, i) => batchOf(i, batchPoints / keys.length))
  const frames = batches.map(frameOf)
  const points = count * batchPoints
  const bytes = frames.reduce((sum, { length }) => sum + length, 0)
  out.row(`${label}-point batches`, `${(bytes / points).toFixed(2)} bytes/point in frames`)
  const rates: Record<string, Array<number>> = { rows: [], mlflow: [], raw: [], one: [] }
  for (const driver of drivers) rates[driver] = []
  for (let round = 0; round < rounds; round++) {
    rates.rows!.push(rowRate(preparedRows(nextFile()), batches))
    rates.mlflow!.push(rowRate(mlflowRows(nextFile()), batches))
    rates.raw!.push(points / rawSyncSeconds(nextFile(), frames) / 1e6)
    for (const driver of drivers) {
      const seconds = await opened({ driver }, (store) => appendAll(store, frames, clients, 16, batchPoints))
      rates[driver]!.push(points / seconds / 1e6)
    }
    const seconds = await opened({}, (store) => appendAll(store, frames.slice(0, count / 8), 1, 1, batchPoints))
    rates.one!.push(points / 8 / seconds / 1e6)
  }
  const rate = (name: string) => median(rates[name]!)
  out.row("  rows, prepared, without rowid", rate("rows"), "Mpoints/s")
  out.row("  MLflow's tables              ", rate("mlflow"), "Mpoints/s")
  out.row("  file, write + fdatasync      ", rate("raw"), "Mpoints/s")
  out.row("  ours, 1 client               ", rate("one"), "Mpoints/s")
  for (const driver of drivers) out.row(`  ours, ${clients} clients, ${driver}`.padEnd(31), rate(driver), "Mpoints/s")
  const ours = rate("better-sqlite3")
  out.atLeast(`rows-${label}`, ours / rate("rows"), 30, "x")
  out.atLeast(`mlflow-${label}`, ours / rate("mlflow"), 100, "x")
  out.atLeast(`rows-${label}-node-sqlite`, rate("node:sqlite") / rate("rows"), 30, "x")
  if (batchPoints === 1000) continue
  out.atLeast("disk-20k", (100 * ours) / rate("raw"), 75, "%")
  // Long enough that the rate is that of the work and not of starting a thread: the rows' rate leaves that out, too.
  const more = [
    ...frames,
    ...Array.from({ length: 520 }, (_, i) => frameOf(batchOf(count + i, batchPoints / keys.length)))
  ]
  const allIn: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const file = nextFile()
    const start = performance.now()
    await opened({ file }, async (store) => {
      await appendAll(store, more, 16, 1, batchPoints)
      await Effect.runPromise(store.compact(runId(1), { final: true }))
    })
    allIn.push((more.length * batchPoints) / ((performance.now() - start) / 1000) / 1e6)
  }
  out.row("  ours, all in: append, compaction, checkpoint, open and close", median(allIn), "Mpoints/s")
  out.atLeast("all-in-rows", median(allIn) / rate("rows"), 15, "x")
}
out.close()
