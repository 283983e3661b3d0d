/** Bytes that a point takes at rest, everything counted: values, cells, tiles, axes and statistics of the mixed 100-key set. */
import {
  axisCells,
  cellLevel,
  cellTable,
  coarsen,
  encodeAxis,
  encodeAxisCells,
  encodeTile,
  encodeValueCells,
  encodeValues,
  KeyStat,
  valueCells
} from "@wanllmdb/core/metric"
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
let raw = 0
for (const { values } of keys) {
  const cells = valueCells(values, axis)
  const stat = new KeyStat()
  stat.add(steps, times, values, 0, rows)
  parts.values += encodeValues(values, 0, rows).length
  parts.cells += encodeValueCells(cells).length
  parts.tiles += encodeTile(coarsen(cellTable(axis, cells), axis.level + 5)).length
  parts.statistics += stat.bytes().length
  raw = Math.max(raw, encodeValues(values, 0, rows).length / rows)
}
const bytes = Object.values(parts).reduce((sum, part) => sum + part, 0)
for (const [name, part] of Object.entries(parts)) out.row(name.padEnd(12), part / points, "bytes/point")
out.row(
  "JSON rows".padEnd(12),
  JSON.stringify({ key: keys[0]!.key, step: 40_000, timestamp: times[0], value: keys[0]!.values[7] }).length,
  "bytes/point"
)
out.row("worst series", raw, "bytes/value of 8")
out.atMost("bytes-per-point", bytes / points, 3.5)
out.atMost("worst-series", raw, 8.08)
out.close()
