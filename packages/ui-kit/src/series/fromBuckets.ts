/**
 * Server buckets as a line: the mean where the bucket's points lie, its extremes as a band. The line begins and ends in the
 * first and the last point themselves, so that both are what was logged, where it was logged.
 */
import type { BucketSeries } from "@wanllmdb/core/metric"
import { Marks, type SeriesData } from "./ChartSeries.ts"

export const fromBuckets = (buckets: BucketSeries): SeriesData => {
  const size = buckets.x.length
  const several = (index: number) => size > 0 && buckets.lastX[index]! > buckets.firstX[index]!
  const before = several(0) && Number.isFinite(buckets.first[0]!) ? 1 : 0
  const after = several(size - 1) && Number.isFinite(buckets.last[size - 1]!) ? 1 : 0
  const length = before + size + after
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const low = new Float64Array(length)
  const high = new Float64Array(length)
  const marks = new Uint8Array(length)
  let banded = false
  for (let index = 0; index < size; index++) {
    const at = before + index
    x[at] = (buckets.firstX[index]! + buckets.lastX[index]!) / 2
    y[at] = buckets.mean[index]!
    low[at] = buckets.min[index]!
    high[at] = buckets.max[index]!
    banded ||= high[at]! > low[at]!
    marks[at] =
      (buckets.nan[index]! > 0 ? Marks.nan : 0) |
      (buckets.posInf[index]! > 0 ? Marks.above : 0) |
      (buckets.negInf[index]! > 0 ? Marks.below : 0)
  }
  if (before === 1) {
    x[0] = buckets.firstX[0]!
    y[0] = low[0] = high[0] = buckets.first[0]!
  }
  if (after === 1) {
    x[length - 1] = buckets.lastX[size - 1]!
    y[length - 1] = low[length - 1] = high[length - 1] = buckets.last[size - 1]!
  }
  return banded ? { x, y, low, high, marks } : { x, y, marks }
}
