/** Questions to a metric store and their answers, as plain typed arrays. */
import type { RunId } from "../run/Run.ts"

export type SeriesKind = "number" | "text" | "histogram" | "record"

/** What runs along the x-axis: the step, Unix milliseconds, seconds since the run's first point, or another metric's value. */
export type XAxis = "step" | "wall" | "relative" | { readonly metric: string }

export interface SeriesRef {
  readonly run: RunId
  readonly key: string
}

export interface BucketQuery {
  readonly series: ReadonlyArray<SeriesRef>
  /** Default `step`. */
  readonly x?: XAxis | undefined
  /** Inclusive window in units of x. Default: the whole series. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Most buckets a series may have; 1 to 20,000, default 1,000. */
  readonly buckets?: number | undefined
  /** Which of several points of one step count: `all` (default) or only the `last` to arrive. */
  readonly repeats?: "all" | "last" | undefined
}

/**
 * One series in buckets of equal power-of-two width whose edges are the same for every run. Empty buckets are left out,
 * so all arrays have one entry per non-empty bucket, in order of x.
 */
export interface BucketSeries extends SeriesRef {
  /** Left edge of each bucket: a multiple of `width`. For x = another metric: its value. */
  readonly x: Float64Array
  /** x of the first and of the last point in the bucket, for drawing single points where they are. */
  readonly firstX: Float64Array
  readonly lastX: Float64Array
  /** Over finite values; NaN where the bucket has none. */
  readonly min: Float64Array
  readonly max: Float64Array
  readonly mean: Float64Array
  readonly sum: Float64Array
  /** By (step, arrival), of any value, non-finite ones too. */
  readonly first: Float64Array
  readonly last: Float64Array
  /** Every kept point, non-finite ones too. */
  readonly count: Float64Array
  readonly nan: Float64Array
  readonly posInf: Float64Array
  readonly negInf: Float64Array
  /** Bucket width in units of x, a power of two; 0 when each entry is one point. */
  readonly width: number
  /** Everything up to here is in the answer; pass it to `tail` for what comes after. */
  readonly cursor: number
}

export interface ScanQuery extends SeriesRef {
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** `last` (default) gives one point a step, the last that arrived; `all` gives every one. */
  readonly repeats?: "all" | "last" | undefined
}

export interface Histogram {
  /** Bin edges, one more than counts, ascending. */
  readonly edges: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** Part of a raw scan, at most 65,536 points, in order of (step, arrival). */
export type PointBatch =
  | {
      readonly kind: "number"
      readonly steps: Float64Array
      readonly times: Float64Array
      readonly values: Float64Array
    }
  | {
      readonly kind: "text"
      readonly steps: Float64Array
      readonly times: Float64Array
      readonly values: ReadonlyArray<string>
    }
  | {
      readonly kind: "histogram"
      readonly steps: Float64Array
      readonly times: Float64Array
      readonly values: ReadonlyArray<Histogram>
    }
  | {
      readonly kind: "record"
      readonly steps: Float64Array
      readonly times: Float64Array
      readonly values: ReadonlyArray<Json>
    }

/** What a run holds under one key. Numbers are NaN for series that are not numeric. */
export interface KeySummary {
  readonly key: string
  readonly kind: SeriesKind
  readonly count: number
  readonly firstStep: number
  readonly lastStep: number
  readonly firstTimeMs: number
  readonly lastTimeMs: number
  /** By (step, arrival); text series give their last text in `lastText`. */
  readonly last: number
  readonly lastText?: string | undefined
  /** Over finite values; NaN when there is none. */
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Step of the first point that has `min`, `max`. */
  readonly minStep: number
  readonly maxStep: number
  readonly nan: number
  readonly posInf: number
  readonly negInf: number
}

/** New points of one run since a cursor: whole accepted frames, oldest first. */
export interface TailPage {
  /** Encoded frames (`decodeFrame`) with their per-run sequence, contiguous. */
  readonly frames: ReadonlyArray<{ readonly sequence: number; readonly segment: number; readonly body: Uint8Array }>
  readonly cursor: number
  /** The cursor is older than what the store keeps for tails: read again, then follow from `cursor`. */
  readonly reset: boolean
}

export interface VerifyReport {
  readonly run: RunId
  readonly frames: number
  readonly chunks: number
  readonly points: number
  /** One line per fault, empty when everything is whole. */
  readonly faults: ReadonlyArray<string>
}
