/**
 * Axis cells and value cells of one series side by side. Tables of the same or finer level add up to coarser ones without loss,
 * which is what tiles (coarse tables that are stored) and buckets are.
 */
import type { AxisCells } from "./AxisCells.ts"
import { compensated, type ValueCells } from "./ValueCells.ts"

export interface CellTable {
  readonly level: number
  readonly length: number
  readonly cell: Float64Array
  readonly points: Float64Array
  readonly firstStep: Float64Array
  readonly lastStep: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  /** Null when all are 0. */
  readonly nan: Float64Array | null
  readonly posInf: Float64Array | null
  readonly negInf: Float64Array | null
}

export const cellTable = (axis: AxisCells, values: ValueCells): CellTable => {
  const points = new Float64Array(axis.length)
  for (let c = 0; c < axis.length; c++) points[c] = axis.firstRow[c + 1]! - axis.firstRow[c]!
  return {
    level: axis.level,
    length: axis.length,
    cell: axis.cell,
    points,
    firstStep: axis.firstStep,
    lastStep: axis.lastStep,
    min: values.min,
    max: values.max,
    sum: values.sum,
    first: values.first,
    last: values.last,
    nan: values.nonFinite?.nan ?? null,
    posInf: values.nonFinite?.posInf ?? null,
    negInf: values.nonFinite?.negInf ?? null
  }
}

/** The table at a coarser level. Cells of `table` ascend and belong to one sorted run of points. */
export const coarsen = (table: CellTable, level: number): CellTable => {
  if (level === table.level) return table
  if (level < table.level) throw new RangeError(`cells of level ${table.level} do not divide into level ${level}`)
  const scale = 2 ** (table.level - level)
  const starts: Array<number> = []
  let current = Number.NaN
  for (let c = 0; c < table.length; c++) {
    const cell = Math.floor(table.cell[c]! * scale)
    if (cell !== current) starts.push(c)
    current = cell
  }
  const length = starts.length
  starts.push(table.length)
  const ends = starts.slice(1)
  const pick = (source: Float64Array, at: ArrayLike<number>, back: number) =>
    Float64Array.from({ length }, (_, i) => source[at[i]! - back]!)
  const add = (source: Float64Array) => Float64Array.from({ length }, (_, i) => sumOf(source, starts[i]!, ends[i]!))
  const fold = (source: Float64Array, better: (a: number, b: number) => boolean) =>
    Float64Array.from({ length }, (_, i) => {
      let best = Number.NaN
      for (let c = starts[i]!; c < ends[i]!; c++) {
        const value = source[c]!
        if (Number.isNaN(best) || better(value, best)) best = value
      }
      return best
    })
  return {
    level,
    length,
    cell: Float64Array.from({ length }, (_, i) => Math.floor(table.cell[starts[i]!]! * scale) + 0),
    points: add(table.points),
    firstStep: pick(table.firstStep, starts, 0),
    lastStep: pick(table.lastStep, ends, 1),
    min: fold(table.min, (a, b) => a < b),
    max: fold(table.max, (a, b) => a > b),
    sum: add(table.sum),
    first: pick(table.first, starts, 0),
    last: pick(table.last, ends, 1),
    nan: table.nan && add(table.nan),
    posInf: table.posInf && add(table.posInf),
    negInf: table.negInf && add(table.negInf)
  }
}

const sumOf = (source: Float64Array, from: number, to: number): number => {
  let total = 0
  let lost = 0
  for (let i = from; i < to; i++) {
    const value = source[i]!
    const next = total + value
    const back = next - total
    lost += total - (next - back) + (value - back)
    total = next
  }
  return compensated(total, lost)
}
