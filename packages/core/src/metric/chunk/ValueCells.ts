/** Statistics of one key's values in each cell of its axis. Any bucket that is a union of cells follows from them exactly. */
import type { AxisCells } from "./AxisCells.ts"

export interface ValueCells {
  /** Over finite values; NaN where a cell has none. */
  readonly min: Float64Array
  readonly max: Float64Array
  /** Of finite values, rounded once. */
  readonly sum: Float64Array
  /** By (step, arrival), of any value. */
  readonly first: Float64Array
  readonly last: Float64Array
  /** Null when every value of the chunk is finite. */
  readonly nonFinite: NonFiniteCells | null
}

export interface NonFiniteCells {
  readonly nan: Float64Array
  readonly posInf: Float64Array
  readonly negInf: Float64Array
}

/** One value for each row of the axis. */
export const valueCells = (values: Float64Array, axis: AxisCells): ValueCells => {
  const { length, firstRow } = axis
  const min = new Float64Array(length)
  const max = new Float64Array(length)
  const sum = new Float64Array(length)
  const first = new Float64Array(length)
  const last = new Float64Array(length)
  let nonFinite: NonFiniteCells | null = null
  for (let c = 0; c < length; c++) {
    const from = firstRow[c]!
    const to = firstRow[c + 1]!
    first[c] = values[from]!
    last[c] = values[to - 1]!
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    let total = 0
    let lost = 0
    for (let row = from; row < to; row++) {
      const value = values[row]!
      if (value - value !== 0) {
        nonFinite ??= noNonFinite(length)
        countNonFinite(nonFinite, c, value)
        continue
      }
      if (value < low) low = value
      if (value > high) high = value
      // Two-sum (Knuth): what rounding loses is added at the end.
      const next = total + value
      const back = next - total
      lost += total - (next - back) + (value - back)
      total = next
    }
    min[c] = low > high ? Number.NaN : low
    max[c] = low > high ? Number.NaN : high
    sum[c] = compensated(total, lost)
  }
  return { min, max, sum, first, last, nonFinite }
}

/** A sum and what its roundings lost; a sum that overflowed stays infinite. */
export const compensated = (total: number, lost: number): number => (Number.isFinite(lost) ? total + lost : total)

const noNonFinite = (length: number): NonFiniteCells => ({
  nan: new Float64Array(length),
  posInf: new Float64Array(length),
  negInf: new Float64Array(length)
})

const countNonFinite = (cells: NonFiniteCells, at: number, value: number): void => {
  const counts = Number.isNaN(value) ? cells.nan : value > 0 ? cells.posInf : cells.negInf
  counts[at] = counts[at]! + 1
}
