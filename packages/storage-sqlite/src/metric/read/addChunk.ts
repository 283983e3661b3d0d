/**
 * Adds one chunk to buckets from as little as will do: its tile, where buckets are much wider than cells; else its cells, put
 * together to buckets; and only for the cells that an edge of a bucket or window cuts, the points themselves.
 */
import {
  type AxisCells,
  type BucketAccumulator,
  type CellTable,
  decodeRows,
  decodeTile,
  PackedBytes
} from "@wanllmdb/core/metric"
import type { ReaderContext } from "../../reader/ReaderQuery.ts"
import { tileLevels } from "../compact/ChunkSink.ts"
import { chunkCells } from "./ChunkCells.ts"
import type { ChunkRef } from "./SeriesPart.ts"

export const addChunk = (context: ReaderContext, buckets: BucketAccumulator, chunk: ChunkRef, cut: number): void => {
  if (chunk.s1 < buckets.from || chunk.s0 > buckets.to) return
  if (chunk.level >= buckets.level) {
    const fine = cellsOf(context, chunk)
    addRows(context, buckets, chunk, fine, buckets.addCells(fine.table, cut), cut)
    return
  }
  const coarse = coarseOf(context, chunk, buckets.level)
  const cutCells = buckets.addCells(coarse, cut)
  if (cutCells.length === 0) return
  const fine = cellsOf(context, chunk)
  const scale = 2 ** (fine.table.level - coarse.level)
  for (const at of cutCells) {
    const inside = (cell: number) => Math.floor(cell * scale) === coarse.cell[at]
    const from = fine.table.cell.findIndex(inside)
    const to = fine.table.cell.findLastIndex(inside) + 1
    const straddling = buckets.addCells(slice(fine.table, from, to), cut)
    addRows(
      context,
      buckets,
      chunk,
      fine,
      straddling.map((cell) => cell + from),
      cut
    )
  }
}

/** The chunk's tile where buckets are as wide as its cells, or else its own cells put together to buckets. */
const coarseOf = (context: ReaderContext, chunk: ChunkRef, level: number): CellTable =>
  Math.min(127, chunk.level + tileLevels) > level
    ? chunkCells(context).table(context.prepare, chunk, level)
    : decodeTile(context.prepare("select body from metric_tile where chunk = ?").get(chunk.id)!.body as Uint8Array)

interface Cells {
  readonly axis: AxisCells
  readonly table: CellTable
}

/** As they are stored. */
const cellsOf = (context: ReaderContext, chunk: ChunkRef): Cells => {
  const cells = chunkCells(context)
  return { axis: cells.axis(context.prepare, chunk.axis), table: cells.table(context.prepare, chunk, chunk.level) }
}

const slice = (table: CellTable, from: number, to: number): CellTable => ({
  level: table.level,
  length: to - from,
  cell: table.cell.subarray(from, to),
  points: table.points.subarray(from, to),
  firstStep: table.firstStep.subarray(from, to),
  lastStep: table.lastStep.subarray(from, to),
  min: table.min.subarray(from, to),
  max: table.max.subarray(from, to),
  sum: table.sum.subarray(from, to),
  first: table.first.subarray(from, to),
  last: table.last.subarray(from, to),
  nan: table.nan?.subarray(from, to) ?? null,
  posInf: table.posInf?.subarray(from, to) ?? null,
  negInf: table.negInf?.subarray(from, to) ?? null
})

/** Adds the points of the given cells, ascending. */
const addRows = (
  { prepare }: ReaderContext,
  buckets: BucketAccumulator,
  chunk: ChunkRef,
  { axis, table }: Cells,
  cells: ReadonlyArray<number>,
  cut: number
): void => {
  if (cells.length === 0) return
  if (chunk.dropped) {
    addWhole(buckets, table, cells, cut)
    return
  }
  const steps = new PackedBytes(
    prepare("select body from metric_axis where id = ?").get(chunk.axis)!.body as Uint8Array
  )
  const values = new PackedBytes(
    prepare("select body from metric_chunk where id = ?").get(chunk.id)!.body as Uint8Array
  )
  for (let i = 0; i < cells.length; ) {
    let end = i + 1
    while (end < cells.length && cells[end] === cells[end - 1]! + 1) end++
    const from = axis.firstRow[cells[i]!]!
    const to = axis.firstRow[cells[end - 1]! + 1]!
    const xs = new Float64Array(to - from)
    const ys = new Float64Array(to - from)
    decodeRows(steps, 0, from, to, xs, 0)
    decodeRows(values, 0, from, to, ys, 0)
    buckets.addPoints(xs, ys, 0, xs.length, cut)
    i = end
  }
}

/** Without its values a cell cannot be parted: it counts where it begins. */
const addWhole = (buckets: BucketAccumulator, table: CellTable, cells: ReadonlyArray<number>, cut: number): void => {
  for (const cell of cells) {
    const one = slice(table, cell, cell + 1)
    buckets.addCells({ ...one, lastStep: one.firstStep }, cut)
  }
}
