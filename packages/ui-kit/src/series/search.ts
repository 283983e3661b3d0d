/** Searches in ascending columns. */

/** Index of the first entry that is at least `value` (with `after`: greater than it); the length when there is none. */
export const lowerBound = (x: Float64Array, value: number, after = false): number => {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (after ? x[middle]! <= value : x[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the entry nearest to `value`, −1 in an empty column. */
export const nearestIndex = (x: Float64Array, value: number): number => {
  const at = lowerBound(x, value)
  if (at === 0) return x.length === 0 ? -1 : 0
  if (at === x.length) return at - 1
  return value - x[at - 1]! <= x[at]! - value ? at - 1 : at
}

/** The points that a window shows: those inside and one neighbour on each side, so that lines run to the edge. */
export const windowOf = (x: Float64Array, from: number, to: number): readonly [from: number, to: number] => [
  Math.max(0, lowerBound(x, from) - 1),
  Math.min(x.length, lowerBound(x, to, true) + 1)
]
