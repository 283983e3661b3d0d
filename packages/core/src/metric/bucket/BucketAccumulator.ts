/**
 * Adds up the buckets of one series from any mix of tiles, cells and points. Sources are given in order of arrival, each sorted
 * by x; then `first` and `last` come out by (x, arrival) even where sources overlap.
 */
import type { CellTable } from "../chunk/CellTable.ts"
import { compensated } from "../chunk/ValueCells.ts"
import type { BucketSeries, SeriesRef } from "../MetricQuery.ts"
import { bucketColumns } from "./bucketColumns.ts"
import { bucketCount, bucketIndex } from "./bucketLevel.ts"

export class BucketAccumulator {
  readonly level: number
  readonly from: number
  readonly to: number
  readonly #firstBucket: number
  readonly #scale: number
  /** Where it is 0 the other columns hold what earlier series left. */
  readonly #points: Float64Array
  readonly #firstX: Float64Array
  readonly #lastX: Float64Array
  readonly #min: Float64Array
  readonly #max: Float64Array
  readonly #sum: Float64Array
  readonly #lost: Float64Array
  readonly #first: Float64Array
  readonly #last: Float64Array
  readonly #nan: Float64Array
  readonly #posInf: Float64Array
  readonly #negInf: Float64Array
  /** Whether any value was not finite. */
  #counted = false

  /** Only what lies in `from … to` (inclusive, finite) counts; `level` is from `bucketLevel`. */
  constructor(from: number, to: number, level: number) {
    this.from = from
    this.to = to
    this.level = level
    this.#firstBucket = bucketIndex(from, level)
    const length = Math.max(0, bucketCount(from, to, level))
    // Dividing by 2^level is exact, multiplying by the inverse too unless the inverse overflows.
    this.#scale = 2 ** -level
    const column = columnsOf(12, length)
    this.#points = column()
    this.#firstX = column()
    this.#lastX = column()
    this.#min = column()
    this.#max = column()
    this.#sum = column()
    this.#lost = column()
    this.#first = column()
    this.#last = column()
    this.#nan = column()
    this.#posInf = column()
    this.#negInf = column()
  }

  /** Whether all points of steps `first … last` lie in the window and in one bucket, so that their cell counts as a whole. */
  covers(first: number, last: number): boolean {
    return first >= this.from && last <= this.to && this.#at(first) === this.#at(last)
  }

  /**
   * Adds cells of the step axis that `covers` accepts, and gives the indexes of those that touch the window but straddle an edge:
   * their points have to be added one by one, right after this call. Points beyond `cut` (where a rewind hides the rest) count as
   * outside the window.
   */
  addCells(table: CellTable, cut = Number.POSITIVE_INFINITY): ReadonlyArray<number> {
    const straddling: Array<number> = []
    const { firstStep, lastStep } = table
    const from = this.from
    const to = Math.min(this.to, cut)
    for (let c = 0; c < table.length; c++) {
      const first = firstStep[c]!
      const last = lastStep[c]!
      if (last < from || first > to) continue
      const at = this.#at(first)
      if (first < from || last > to || this.#at(last) !== at) straddling.push(c)
      else if (this.#points[at] === 0) this.#setCell(table, c, at)
      else this.#addCell(table, c, at)
    }
    return straddling
  }

  #at(x: number): number {
    return Math.floor(x * this.#scale) - this.#firstBucket
  }

  #setCell(table: CellTable, c: number, at: number): void {
    this.#points[at] = table.points[c]!
    this.#firstX[at] = table.firstStep[c]!
    this.#lastX[at] = table.lastStep[c]!
    this.#first[at] = table.first[c]!
    this.#last[at] = table.last[c]!
    this.#sum[at] = table.sum[c]!
    this.#lost[at] = 0
    // A cell without finite values has NaN here, which no comparison accepts.
    this.#min[at] = Number.isNaN(table.min[c]!) ? Number.POSITIVE_INFINITY : table.min[c]!
    this.#max[at] = Number.isNaN(table.max[c]!) ? Number.NEGATIVE_INFINITY : table.max[c]!
    if (table.nan !== null) this.#addCounts(table, c, at)
  }

  #addCell(table: CellTable, c: number, at: number): void {
    const first = table.firstStep[c]!
    const last = table.lastStep[c]!
    if (first < this.#firstX[at]!) {
      this.#firstX[at] = first
      this.#first[at] = table.first[c]!
    }
    if (last >= this.#lastX[at]!) {
      this.#lastX[at] = last
      this.#last[at] = table.last[c]!
    }
    this.#points[at] = this.#points[at]! + table.points[c]!
    if (table.min[c]! < this.#min[at]!) this.#min[at] = table.min[c]!
    if (table.max[c]! > this.#max[at]!) this.#max[at] = table.max[c]!
    this.#add(at, table.sum[c]!)
    if (table.nan !== null) this.#addCounts(table, c, at)
  }

  #addCounts({ nan, posInf, negInf }: CellTable, c: number, at: number): void {
    this.#counted = true
    this.#nan[at] = this.#nan[at]! + nan![c]!
    this.#posInf[at] = this.#posInf[at]! + posInf![c]!
    this.#negInf[at] = this.#negInf[at]! + negInf![c]!
  }

  /** Adds points `offset … offset + count`, in any order of x; points outside the window or with an x that is not finite are left out. */
  addPoints(
    xs: Float64Array,
    values: Float64Array,
    offset: number,
    count: number,
    cut = Number.POSITIVE_INFINITY
  ): void {
    const from = this.from
    const to = Math.min(this.to, cut)
    const scale = this.#scale
    const firstBucket = this.#firstBucket
    const end = offset + count
    let i = offset
    while (i < end) {
      const x = xs[i]!
      if (x >= from && x <= to) i = this.#addStretch(xs, values, i, end, Math.floor(x * scale) - firstBucket, to)
      else i++
    }
  }

  /** Adds points from `start` on while they fall in bucket `at`, which is put back once, and gives where it stopped. */
  #addStretch(xs: Float64Array, values: Float64Array, start: number, end: number, at: number, to: number): number {
    const from = this.from
    const scale = this.#scale
    const bucket = at + this.#firstBucket
    const before = this.#points[at]!
    let firstX = before === 0 ? Number.POSITIVE_INFINITY : this.#firstX[at]!
    let lastX = before === 0 ? Number.NEGATIVE_INFINITY : this.#lastX[at]!
    let first = this.#first[at]!
    let last = this.#last[at]!
    let min = before === 0 ? Number.POSITIVE_INFINITY : this.#min[at]!
    let max = before === 0 ? Number.NEGATIVE_INFINITY : this.#max[at]!
    let sum = before === 0 ? 0 : this.#sum[at]!
    let lost = before === 0 ? 0 : this.#lost[at]!
    let i = start
    for (; i < end; i++) {
      const x = xs[i]!
      if (!(x >= from && x <= to) || Math.floor(x * scale) !== bucket) break
      const value = values[i]!
      if (x < firstX) {
        firstX = x
        first = value
      }
      if (x >= lastX) {
        lastX = x
        last = value
      }
      if (value - value !== 0) {
        this.#countNonFinite(at, value)
        continue
      }
      if (value < min) min = value
      if (value > max) max = value
      const next = sum + value
      const back = next - sum
      lost += sum - (next - back) + (value - back)
      sum = next
    }
    this.#points[at] = before + i - start
    this.#firstX[at] = firstX
    this.#lastX[at] = lastX
    this.#first[at] = first
    this.#last[at] = last
    this.#min[at] = min
    this.#max[at] = max
    this.#sum[at] = sum
    this.#lost[at] = lost
    return i
  }

  #countNonFinite(at: number, value: number): void {
    this.#counted = true
    const counts = Number.isNaN(value) ? this.#nan : value > 0 ? this.#posInf : this.#negInf
    counts[at] = counts[at]! + 1
  }

  /** Two-sum (Knuth): what rounding loses is kept apart. */
  #add(at: number, value: number): void {
    const total = this.#sum[at]!
    const next = total + value
    const back = next - total
    this.#lost[at] = this.#lost[at]! + (total - (next - back) + (value - back))
    this.#sum[at] = next
  }

  /** Buckets that have points, in order of x. After it the accumulator is empty again, for the next series of the window. */
  finish(series: SeriesRef, cursor: number): BucketSeries {
    const points = this.#points
    let length = 0
    for (let at = 0; at < points.length; at++) if (points[at]! > 0) length++
    const out = bucketColumns(length, this.#counted)
    const width = 2 ** this.level
    // Fields are looked up once: this loop writes most of a large answer.
    const { x, firstX, lastX, min, max, mean, sum, first, last, count } = out
    const [nans, posInfs, negInfs] = [this.#nan, this.#posInf, this.#negInf]
    const [firstXs, lastXs, firsts, lasts] = [this.#firstX, this.#lastX, this.#first, this.#last]
    const [mins, maxs, sums, losts] = [this.#min, this.#max, this.#sum, this.#lost]
    let to = 0
    for (let at = 0; at < points.length; at++) {
      const own = points[at]!
      if (own === 0) continue
      points[at] = 0
      const finite = own - nans[at]! - posInfs[at]! - negInfs[at]!
      const total = finite > 0 ? compensated(sums[at]!, losts[at]!) : Number.NaN
      x[to] = (this.#firstBucket + at) * width + 0
      firstX[to] = firstXs[at]!
      lastX[to] = lastXs[at]!
      min[to] = finite > 0 ? mins[at]! : Number.NaN
      max[to] = finite > 0 ? maxs[at]! : Number.NaN
      mean[to] = total / finite
      sum[to] = total
      first[to] = firsts[at]!
      last[to] = lasts[at]!
      count[to] = own
      if (this.#counted) {
        out.nan[to] = nans[at]!
        out.posInf[to] = posInfs[at]!
        out.negInf[to] = negInfs[at]!
        nans[at] = 0
        posInfs[at] = 0
        negInfs[at] = 0
      }
      to++
    }
    this.#counted = false
    return { run: series.run, key: series.key, ...out, width: length === 0 ? 0 : width, cursor }
  }
}

/** Gives `count` columns of zeros, one after the other, all in one buffer. */
const columnsOf = (count: number, length: number): (() => Float64Array<ArrayBuffer>) => {
  const buffer = new ArrayBuffer(count * length * 8)
  let at = 0
  return () => new Float64Array(buffer, at++ * length * 8, length)
}

/** The answer for a series that has no points in the window. */
export const emptyBuckets = (series: SeriesRef, cursor: number): BucketSeries => ({
  run: series.run,
  key: series.key,
  ...bucketColumns(0, false),
  width: 0,
  cursor
})
