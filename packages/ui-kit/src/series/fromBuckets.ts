/**
 * Server buckets as a line: the mean where the bucket's points lie, its extremes as a band. The last bucket ends in the last
 * point itself, so the end of a line is the value that was logged.
 */
import type { BucketSeries } from "@wanllmdb/core/metric"
import { Marks, type SeriesData } from "./ChartSeries.ts"

export const fromBuckets = (buckets: BucketSeries): SeriesData => {
  const size = buckets.x.length
  const several = size > 0 && buckets.count[size - 1]! > 1 && Number.isFinite(buckets.last[size - 1]!)
  const length = several ? size + 1 : size
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const low = new Float64Array(length)
  const high = new Float64Array(length)
  const marks = new Uint8Array(length)
  let banded = false
  for (let index = 0; index < size; index++) {
    x[index] = (buckets.firstX[index]! + buckets.lastX[index]!) / 2
    y[index] = buckets.mean[index]!
    low[index] = buckets.min[index]!
    high[index] = buckets.max[index]!
    banded ||= high[index]! > low[index]!
    marks[index] =
      (buckets.nan[index]! > 0 ? Marks.nan : 0) |
      (buckets.posInf[index]! > 0 ? Marks.above : 0) |
      (buckets.negInf[index]! > 0 ? Marks.below : 0)
  }
  if (several) {
    x[size] = buckets.lastX[size - 1]!
    y[size] = buckets.last[size - 1]!
    low[size] = high[size] = y[size]!
  }
  return banded ? { x, y, low, high, marks } : { x, y, marks }
}
