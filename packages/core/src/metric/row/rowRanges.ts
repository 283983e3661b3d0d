/** Which rows of a numbered stream have been received: ascending ranges that neither touch nor overlap. */

/** First row, and the one after the last. */
export type RowRange = readonly [from: number, to: number]

/** The parts of `from` to before `to` that no range covers. */
export const missingRows = (ranges: ReadonlyArray<RowRange>, from: number, to: number): ReadonlyArray<RowRange> => {
  const missing: Array<RowRange> = []
  let at = from
  for (const [start, end] of ranges) {
    if (end <= at) continue
    if (start >= to) break
    if (start > at) missing.push([at, start])
    at = end
  }
  if (at < to) missing.push([at, to])
  return missing
}

/** The ranges with one more, which may overlap them. */
export const withRows = (ranges: ReadonlyArray<RowRange>, [from, to]: RowRange): ReadonlyArray<RowRange> => {
  if (to <= from) return ranges
  const before = ranges.filter(([, end]) => end < from)
  const after = ranges.filter(([start]) => start > to)
  const touching = ranges.slice(before.length, ranges.length - after.length)
  const start = Math.min(from, touching[0]?.[0] ?? from)
  const end = Math.max(to, touching.at(-1)?.[1] ?? to)
  return [...before, [start, end], ...after]
}
