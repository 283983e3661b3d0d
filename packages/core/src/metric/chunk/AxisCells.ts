/**
 * Cells cut the step axis at multiples of a power of two, so cells of any two series, chunks or runs nest. The axis of a chunk
 * says which rows fall in which cell, once for all keys that were logged together.
 */

export interface AxisCells {
  /** Cell k spans steps k × 2^level up to, not including, (k + 1) × 2^level. -128 to 127. */
  readonly level: number
  /** Cells with at least one row, ascending. */
  readonly length: number
  /** k of each cell. */
  readonly cell: Float64Array
  /** First row of each cell, and the number of rows as one entry more. */
  readonly firstRow: Float64Array
  readonly firstStep: Float64Array
  readonly lastStep: Float64Array
  readonly minTime: Float64Array
  readonly maxTime: Float64Array
}

/** Rows a cell holds on average where steps are regular: fine enough to zoom, coarse enough to cost 0.3 bytes a point. */
export const cellRows = 64

/** The level at which cells hold about `rows` of the given steps, which ascend. */
export const cellLevel = (steps: Float64Array, count: number, rows = cellRows): number => {
  const span = steps[count - 1]! - steps[0]!
  if (!(span > 0)) return 0
  const exact = Math.log2((span / (count - 1)) * rows)
  return Math.max(-128, Math.min(127, Math.round(exact)))
}

/** Cells of rows that are sorted by step. */
export const axisCells = (steps: Float64Array, times: Float64Array, count: number, level: number): AxisCells => {
  const scale = 2 ** -level
  const starts: Array<number> = []
  const cells: Array<number> = []
  let current = Number.NaN
  for (let row = 0; row < count; row++) {
    const cell = Math.floor(steps[row]! * scale)
    if (cell === current) continue
    current = cell
    cells.push(cell)
    starts.push(row)
  }
  const length = cells.length
  starts.push(count)
  const firstStep = new Float64Array(length)
  const lastStep = new Float64Array(length)
  const minTime = new Float64Array(length)
  const maxTime = new Float64Array(length)
  for (let c = 0; c < length; c++) {
    const from = starts[c]!
    const to = starts[c + 1]!
    let low = times[from]!
    let high = low
    for (let row = from + 1; row < to; row++) {
      const time = times[row]!
      if (time < low) low = time
      if (time > high) high = time
    }
    firstStep[c] = steps[from]!
    lastStep[c] = steps[to - 1]!
    minTime[c] = low
    maxTime[c] = high
  }
  return {
    level,
    length,
    // A cell index of -0 (steps between -0 and the cell's width) is the cell 0.
    cell: Float64Array.from(cells, (cell) => cell + 0),
    firstRow: Float64Array.from(starts),
    firstStep,
    lastStep,
    minTime,
    maxTime
  }
}

/** Whether two rows share a step. Rows are sorted by step. */
export const hasRepeats = (steps: Float64Array, count: number): boolean => {
  for (let row = 1; row < count; row++) if (steps[row] === steps[row - 1]) return true
  return false
}
