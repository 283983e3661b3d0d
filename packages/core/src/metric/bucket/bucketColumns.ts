/** The columns of a bucket answer lie one after the other in one buffer, so that an answer moves between threads as one thing. */
import type { BucketSeries, SeriesRef } from "../MetricQuery.ts"

export type BucketColumns = Omit<BucketSeries, keyof SeriesRef | "width" | "cursor">

/** `length` buckets in a buffer of their own. Without `counted` the counts of non-finite values are one column of zeros. */
export const bucketColumns = (length: number, counted: boolean): BucketColumns =>
  columnsIn(new ArrayBuffer((counted ? 13 : 11) * length * 8), length, counted)

const columnsIn = (buffer: ArrayBuffer, length: number, counted: boolean): BucketColumns => {
  const column = (index: number) => new Float64Array(buffer, index * length * 8, length)
  const nan = column(10)
  return {
    x: column(0),
    firstX: column(1),
    lastX: column(2),
    min: column(3),
    max: column(4),
    mean: column(5),
    sum: column(6),
    first: column(7),
    last: column(8),
    count: column(9),
    nan,
    posInf: counted ? column(11) : nan,
    negInf: counted ? column(12) : nan
  }
}

/** An answer as one array. */
export interface PackedBuckets extends SeriesRef {
  readonly width: number
  readonly cursor: number
  readonly length: number
  readonly columns: Float64Array<ArrayBuffer>
}

/** The series must come from a `BucketAccumulator` or `emptyBuckets`; it shares its buffer with the result. */
export const packBuckets = ({ cursor, key, run, width, x }: BucketSeries): PackedBuckets => ({
  run,
  key,
  width,
  cursor,
  length: x.length,
  columns: new Float64Array(x.buffer as ArrayBuffer)
})

export const unpackBuckets = ({ columns, cursor, key, length, run, width }: PackedBuckets): BucketSeries => ({
  run,
  key,
  ...columnsIn(columns.buffer, length, columns.length === 13 * length),
  width,
  cursor
})
