/**
 * Keys that were logged together: the same rows of the same sources, so that they share one axis. Where the rows come from
 * (frames, or chunks that are merged) is the source's business.
 */
export interface SeriesGroup {
  /** Rows of the whole group, in order of arrival. */
  readonly rows: number
  readonly keys: ReadonlyArray<number>
  readonly segment: number
  readonly seqLo: number
  readonly seqHi: number
}

/** A slice of a group that is in memory: its axis, and the values of some of its keys. */
export interface LoadedGroup {
  readonly group: SeriesGroup
  readonly keys: ReadonlyArray<number>
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly values: ReadonlyArray<Float64Array>
}

/** Values that a slice holds at most, 8 bytes each, unless one key alone has more. */
const sliceValues = 3 << 20

/** Cuts groups into slices that fit in memory: `[group, keys of it]` lists, one list a pass over the sources. */
export const slicesOf = (
  groups: ReadonlyArray<SeriesGroup>
): ReadonlyArray<ReadonlyArray<{ readonly group: SeriesGroup; readonly keys: ReadonlyArray<number> }>> => {
  const slices: Array<Array<{ readonly group: SeriesGroup; readonly keys: ReadonlyArray<number> }>> = []
  let current: Array<{ readonly group: SeriesGroup; readonly keys: ReadonlyArray<number> }> = []
  let room = sliceValues
  for (const group of groups) {
    for (let from = 0; from < group.keys.length; ) {
      const fit = Math.floor(room / Math.max(1, group.rows)) - 2
      if (fit < 1 && room < sliceValues) {
        slices.push(current)
        current = []
        room = sliceValues
        continue
      }
      const keys = group.keys.slice(from, from + Math.max(1, fit))
      current.push({ group, keys })
      room -= (keys.length + 2) * group.rows
      from += keys.length
    }
  }
  if (current.length > 0) slices.push(current)
  return slices
}
