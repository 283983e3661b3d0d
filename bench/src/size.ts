/**
 * Bytes that a point takes at rest, everything counted, on the mixed 100-key set: the parts by themselves, and the SQLite file after
 * the run was logged in frames of 20,000 points and compacted.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MetricStore, newIdentifier, RunId } from "@wanllmdb/core"
import {
  axisCells,
  cellLevel,
  cellTable,
  checkFrame,
  coarsen,
  encodeAxis,
  encodeAxisCells,
  encodeFrame,
  encodeTile,
  encodeValueCells,
  encodeValues,
  KeyStat,
  valueCells
} from "@wanllmdb/core/metric"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect } from "effect"
import { jitteredTimes, mixedKeys } from "./data/series.ts"
import { report } from "./report/Report.ts"

const out = report("size")
const rows = 65_536
const keys = mixedKeys(rows)
const points = rows * keys.length
const steps = Float64Array.from({ length: rows }, (_, i) => i)
const times = jitteredTimes(rows)

const axis = axisCells(steps, times, rows, cellLevel(steps, rows))
const parts = {
  axis: encodeAxis(steps, times, 0, rows).length + encodeAxisCells(axis).length,
  values: 0,
  cells: 0,
  tiles: 0,
  statistics: 0
}
let worst = 0
for (const { values } of keys) {
  const cells = valueCells(values, axis)
  const stat = new KeyStat()
  stat.add(steps, times, values, 0, rows)
  const body = encodeValues(values, 0, rows).length
  parts.values += body
  parts.cells += encodeValueCells(cells).length
  parts.tiles += encodeTile(coarsen(cellTable(axis, cells), axis.level + 5)).length
  parts.statistics += stat.bytes().length
  worst = Math.max(worst, body / rows)
}
for (const [name, part] of Object.entries(parts)) out.row(name.padEnd(12), part / points, "bytes/point")
const blobs = Object.values(parts).reduce((sum, part) => sum + part, 0) / points
out.row("together".padEnd(12), blobs, "bytes/point")

/** Pages in use, by the file's own header (https://www.sqlite.org/fileformat.html, 1.3): free pages are given back or reused. */
const bytesInUse = (file: string): number => {
  const head = new DataView(new ArrayBuffer(100))
  const handle = openSync(file, "r")
  readSync(handle, head, 0, 100, 0)
  closeSync(handle)
  const pageBytes = head.getUint16(16) === 1 ? 65_536 : head.getUint16(16)
  return (head.getUint32(28) - head.getUint32(36)) * pageBytes
}

/** Frames that are kept for a while after compaction so that clients that reconnect miss nothing. */
const tailBytes = Effect.fnUntraced(function* (store: MetricStore["Service"], run: RunId) {
  const head = yield* store.head(run)
  let since = head
  while (since > 0 && !(yield* store.tail({ run, since: since - 1, maxBytes: 1 })).reset) since--
  let bytes = 0
  while (since < head) {
    const page = yield* store.tail({ run, since })
    for (const { body } of page.frames) bytes += body.length
    since = page.cursor
  }
  return bytes
})

const logged = (file: string) =>
  Effect.gen(function* () {
    const store = yield* MetricStore
    const run = RunId.make(yield* newIdentifier)
    const names = keys.map(({ key }) => key)
    for (let from = 0; from < rows; from += 200) {
      const to = Math.min(rows, from + 200)
      const frame = encodeFrame([
        {
          keys: names,
          steps: steps.subarray(from, to),
          times: times.subarray(from, to),
          columns: keys.map(({ values }) => ({ kind: "number" as const, values: values.subarray(from, to) }))
        }
      ])
      const check = checkFrame(frame)
      yield* store.append({ run, frame, accepted: check.ok ? check.points : 0, rejected: 0 })
    }
    yield* store.compact(run, { final: true })
    return yield* tailBytes(store, run)
  }).pipe(Effect.provide(sqlite({ file }).layer))

const folder = mkdtempSync(join(tmpdir(), "wanllmdb-size-"))
const empty = join(folder, "empty.db")
await Effect.runPromise(Effect.provide(MetricStore, sqlite({ file: empty }).layer))
const file = join(folder, "logged.db")
const kept = await Effect.runPromise(logged(file))
const stored = (bytesInUse(file) - bytesInUse(empty) - kept) / points
rmSync(folder, { recursive: true })

out.row("SQLite file".padEnd(12), stored, "bytes/point")
out.row(
  `without ${(kept / 1024 / 1024).toFixed(1)} MiB of frames that are kept for tails, at most two minutes and 16 MiB a run`
)
out.row("worst series", worst, "bytes/value of 8")
out.atMost("bytes-per-point", stored, 3.5)
out.atMost("worst-series", worst, 8.08)
out.close()
