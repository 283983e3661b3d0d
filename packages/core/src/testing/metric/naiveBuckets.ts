/** Statistics of naive buckets, each from its points. */
import type { BucketSeries } from "../../metric/MetricQuery.ts"
import type { NaiveBucket, NaiveSeries } from "./NaiveMetrics.ts"

export const toBucketSeries = (series: NaiveSeries, cursor: number): BucketSeries => {
  const column = (of: (bucket: NaiveBucket) => number) => Float64Array.from(series.buckets, of)
  const finite = (bucket: NaiveBucket) => bucket.points.map(({ value }) => value).filter(Number.isFinite)
  const over = (bucket: NaiveBucket, fold: (a: number, b: number) => number) => {
    const values = finite(bucket)
    return values.length === 0 ? Number.NaN : values.reduce(fold)
  }
  const sum = (bucket: NaiveBucket) => over(bucket, (a, b) => a + b)
  const count = (bucket: NaiveBucket, is: (value: number) => boolean) =>
    bucket.points.filter(({ value }) => is(value)).length
  return {
    run: series.run,
    key: series.key,
    x: column((bucket) => bucket.x),
    firstX: column((bucket) => bucket.points[0]!.x),
    lastX: column((bucket) => bucket.points.at(-1)!.x),
    min: column((bucket) => over(bucket, (a, b) => Math.min(a, b))),
    max: column((bucket) => over(bucket, (a, b) => Math.max(a, b))),
    mean: column((bucket) => sum(bucket) / finite(bucket).length),
    sum: column(sum),
    first: column((bucket) => bucket.points[0]!.value),
    last: column((bucket) => bucket.points.at(-1)!.value),
    count: column((bucket) => bucket.points.length),
    nan: column((bucket) => count(bucket, Number.isNaN)),
    posInf: column((bucket) => count(bucket, (value) => value === Number.POSITIVE_INFINITY)),
    negInf: column((bucket) => count(bucket, (value) => value === Number.NEGATIVE_INFINITY)),
    width: series.width,
    cursor
  }
}
