/** Which power-of-two width cuts a window into at most so many buckets. */

/** As fine as buckets get: beyond it the inverse of the width is no float64. */
const leastLevel = -1022

/**
 * The least level L with floor(to / 2^L) - floor(from / 2^L) + 1 <= buckets, for finite from <= to and buckets >= 1. 0 is an edge
 * at every level, so a window around it takes two buckets even where one was asked for. 0 for a window of one x.
 */
export const bucketLevel = (from: number, to: number, buckets: number): number => {
  const span = to - from
  if (!(span > 0)) return 0
  // A span beyond float64 is measured in halves.
  if (span === Number.POSITIVE_INFINITY) return leastFitting(from, to, buckets, Math.log2(to / 2 - from / 2) + 1)
  // A negative x so small that it underflows when divided lies at the edge 0 as well.
  const most = from < 0 && to > -1e-300 ? Math.max(2, buckets) : buckets
  return leastFitting(from, to, most, Math.log2(span))
}

const leastFitting = (from: number, to: number, most: number, log2Span: number): number => {
  let level = Math.min(1023, Math.max(leastLevel, Math.floor(log2Span - Math.log2(most)) - 1))
  while (level < 1023 && bucketCount(from, to, level) > most) level++
  return level
}

/** Buckets of the level that touch the window. */
export const bucketCount = (from: number, to: number, level: number): number =>
  bucketIndex(to, level) - bucketIndex(from, level) + 1

/** Index k of the bucket that holds x: k × 2^level <= x < (k + 1) × 2^level. Exact while x / 2^level is finite. */
export const bucketIndex = (x: number, level: number): number => Math.floor(x / 2 ** level)
