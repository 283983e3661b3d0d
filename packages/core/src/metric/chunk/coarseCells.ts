/**
 * Coarser cells straight from a chunk's stored mip, for charts whose buckets are a few cells wide. How cells group is worked out
 * once per axis; then a chunk costs its unpacking and one pass a column, and no table of its fine cells is made.
 */
import { columnBytes, decodeColumn } from "../column/decodeColumn.ts"
import { PackedBytes } from "../column/PackedBytes.ts"
import type { AxisCells } from "./AxisCells.ts"
import type { CellTable } from "./CellTable.ts"
import { valueCellsHead } from "./chunkBlobs.ts"
import { compensated } from "./ValueCells.ts"

/** Cells of an axis at a coarser level. */
export interface AxisGroups {
  readonly level: number
  readonly length: number
  /** First fine cell of each, and the number of fine cells as one entry more. */
  readonly starts: Uint32Array
  readonly cell: Float64Array
  readonly points: Float64Array
  readonly firstStep: Float64Array
  readonly lastStep: Float64Array
}

/** `level` is at least the axis' own. */
export const axisGroups = (axis: AxisCells, level: number): AxisGroups => {
  if (level < axis.level) throw new RangeError(`cells of level ${axis.level} do not divide into level ${level}`)
  const scale = 2 ** (axis.level - level)
  const starts = new Uint32Array(axis.length + 1)
  let length = 0
  let current = Number.NaN
  for (let c = 0; c < axis.length; c++) {
    const cell = Math.floor(axis.cell[c]! * scale)
    if (cell !== current) starts[length++] = c
    current = cell
  }
  starts[length] = axis.length
  const cell = new Float64Array(length)
  const points = new Float64Array(length)
  const firstStep = new Float64Array(length)
  const lastStep = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const from = starts[i]!
    const to = starts[i + 1]!
    cell[i] = Math.floor(axis.cell[from]! * scale) + 0
    points[i] = axis.firstRow[to]! - axis.firstRow[from]!
    firstStep[i] = axis.firstStep[from]!
    lastStep[i] = axis.lastStep[to - 1]!
  }
  return { level, length, starts: starts.slice(0, length + 1), cell, points, firstStep, lastStep }
}

let scratch = new Float64Array(1024)

/** The cells of a value mip at the level of `groups`, which are of the mip's axis. Equal to `coarsen` of its table. */
export const coarseCells = (groups: AxisGroups, mip: Uint8Array): CellTable => {
  const packed = new PackedBytes(mip)
  const head = valueCellsHead(packed)
  if (scratch.length < head.length) scratch = new Float64Array(head.length)
  const { length, starts } = groups
  let at = head.columnsAt
  const column = (fold: (starts: Uint32Array, out: Float64Array) => void): Float64Array => {
    decodeColumn(packed, at, scratch)
    at += columnBytes(packed, at)
    const out = new Float64Array(length)
    fold(starts, out)
    return out
  }
  const min = column(least)
  const max = column(greatest)
  const sum = column(total)
  const first = column(firsts)
  const last = column(lasts)
  return {
    level: groups.level,
    length,
    cell: groups.cell,
    points: groups.points,
    firstStep: groups.firstStep,
    lastStep: groups.lastStep,
    min,
    max,
    sum,
    first,
    last,
    nan: head.nonFinite ? column(total) : null,
    posInf: head.nonFinite ? column(total) : null,
    negInf: head.nonFinite ? column(total) : null
  }
}

/** A cell without finite values is NaN, which no comparison accepts, and so is a group of such cells. */
const least = (starts: Uint32Array, out: Float64Array): void => {
  for (let i = 0; i < out.length; i++) {
    const end = starts[i + 1]!
    let best = Number.POSITIVE_INFINITY
    for (let c = starts[i]!; c < end; c++) {
      const value = scratch[c]!
      if (value < best) best = value
    }
    out[i] = best < Number.POSITIVE_INFINITY ? best : Number.NaN
  }
}

const greatest = (starts: Uint32Array, out: Float64Array): void => {
  for (let i = 0; i < out.length; i++) {
    const end = starts[i + 1]!
    let best = Number.NEGATIVE_INFINITY
    for (let c = starts[i]!; c < end; c++) {
      const value = scratch[c]!
      if (value > best) best = value
    }
    out[i] = best > Number.NEGATIVE_INFINITY ? best : Number.NaN
  }
}

/** Two-sum (Knuth): what rounding loses is added at the end. */
const total = (starts: Uint32Array, out: Float64Array): void => {
  for (let i = 0; i < out.length; i++) {
    const end = starts[i + 1]!
    let sum = 0
    let lost = 0
    for (let c = starts[i]!; c < end; c++) {
      const value = scratch[c]!
      const next = sum + value
      const back = next - sum
      lost += sum - (next - back) + (value - back)
      sum = next
    }
    out[i] = compensated(sum, lost)
  }
}

const firsts = (starts: Uint32Array, out: Float64Array): void => {
  for (let i = 0; i < out.length; i++) out[i] = scratch[starts[i]!]!
}

const lasts = (starts: Uint32Array, out: Float64Array): void => {
  for (let i = 0; i < out.length; i++) out[i] = scratch[starts[i + 1]! - 1]!
}
