/** Answers bucket queries: works out one window for all series, then adds up each. */
import {
  BucketAccumulator,
  type BucketQuery,
  type BucketSeries,
  bucketLevel,
  emptyBuckets,
  lastOfEachStep,
  type PointColumns,
  type SeriesRef
} from "@wanllmdb/core/metric"
import type { ReaderContext } from "../../reader/ReaderQuery.ts"
import { addChunks } from "./addChunks.ts"
import { collectPoints } from "./collectPoints.ts"
import { type Lineage, lineageOf } from "./lineage.ts"
import { type SeriesPart, seriesParts, stepExtent } from "./SeriesPart.ts"
import { xValues } from "./xValues.ts"

interface SeriesPlan {
  readonly ref: SeriesRef
  readonly lineage: Lineage
  readonly parts: ReadonlyArray<SeriesPart>
  /** Cells cannot answer: another axis than the step, or points of one step of which only the last counts. */
  readonly pointwise: boolean
}

export interface BucketPlan {
  readonly query: BucketQuery
  readonly series: ReadonlyArray<SeriesPlan>
}

const defaultBuckets = 1000

/** Null as soon as it is clear that plan and answer together take longer than about `limitMs`. */
export function planBuckets(context: ReaderContext, query: BucketQuery): BucketPlan
export function planBuckets(context: ReaderContext, query: BucketQuery, limitMs: number): BucketPlan | null
export function planBuckets(
  { prepare }: ReaderContext,
  query: BucketQuery,
  limitMs = Number.POSITIVE_INFINITY
): BucketPlan | null {
  const lineages = new Map<string, Lineage>()
  const byStep = query.x === undefined || query.x === "step"
  // Finding a series and writing its answer take 25 µs.
  let costMs = query.series.length * 0.025
  const series: Array<SeriesPlan> = []
  for (const ref of query.series) {
    if (costMs > limitMs) return null
    const lineage = lineages.get(ref.run) ?? lineageOf(prepare, ref.run)
    lineages.set(ref.run, lineage)
    const parts = seriesParts(prepare, lineage.layers, ref.key)
    const pointwise = !byStep || (query.repeats === "last" && mayRepeat(parts))
    for (const { chunks, head } of parts) {
      costMs += head.steps.length * 10e-6
      // A chunk's points take 15 ns each, its cells 40 µs, its tile 4 µs, its part of a page 1 µs; which of them depends on the window.
      const chunkMs = chunks.length >= 512 ? 0.002 : chunks.length > 32 ? 0.005 : 0.04
      for (const { n } of chunks)
        costMs += pointwise ? 0.05 + n * 15e-6 : chunks.length > 32 ? chunkMs : 0.04 + n * 5e-7
    }
    series.push({ ref, lineage, parts, pointwise })
  }
  return costMs > limitMs ? null : { query, series }
}

/** Whether two points may share a step: within a chunk, between chunks that overlap, or in frames. */
const mayRepeat = (parts: ReadonlyArray<SeriesPart>): boolean => {
  let last = Number.NEGATIVE_INFINITY
  for (const { chunks, head } of parts) {
    for (const { s0, s1, repeats } of chunks) {
      if (repeats || s0 <= last) return true
      last = s1
    }
    for (const step of head.steps) {
      if (step <= last) return true
      last = step
    }
  }
  return false
}

/** One answer per series, in the order asked. */
export function* answerBuckets(context: ReaderContext, plan: BucketPlan): Generator<BucketSeries, void, void> {
  const { query, series } = plan
  if (series.some(({ pointwise }) => pointwise)) yield* pointwiseBuckets(context, plan)
  else {
    const extents = series.map(({ parts }) => stepExtent(context.prepare, parts))
    const window = windowOf(
      query,
      extents.flatMap((extent) => (extent === null ? [] : [extent]))
    )
    const buckets = window === null ? null : new BucketAccumulator(window.from, window.to, window.level)
    for (const { ref, lineage, parts } of series) {
      const cursor = lineage.row?.headSeq ?? 0
      if (buckets === null || parts.length === 0) {
        yield emptyBuckets(ref, cursor)
        continue
      }
      for (const { chunks, head, cut } of parts) {
        addChunks(context, buckets, chunks, cut)
        buckets.addPoints(head.steps, head.values, 0, head.steps.length)
      }
      yield buckets.finish(ref, cursor)
    }
  }
}

interface Window {
  readonly from: number
  readonly to: number
  readonly level: number
}

/** The query's window, or where it is open the extent of all series together. Null when that is empty. */
const windowOf = (
  query: BucketQuery,
  extents: ReadonlyArray<{ readonly first: number; readonly last: number }>
): Window | null => {
  if (extents.length === 0) return null
  const from = query.from ?? extents.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY)
  const to = query.to ?? extents.reduce((most, { last }) => Math.max(most, last), Number.NEGATIVE_INFINITY)
  if (!(from <= to)) return null
  return { from, to, level: bucketLevel(from, to, query.buckets ?? defaultBuckets) }
}

function* pointwiseBuckets(
  { prepare }: ReaderContext,
  { query, series }: BucketPlan
): Generator<BucketSeries, void, void> {
  const points = series.map(({ ref, lineage, parts }) => {
    const all = collectPoints(prepare, parts)
    const kept: PointColumns = query.repeats === "last" ? lastOfEachStep(all) : all
    return { xs: xValues(prepare, lineage, ref, query.x ?? "step", kept), values: kept.values }
  })
  const window = windowOf(
    query,
    points.flatMap(({ xs }) => finiteExtent(xs))
  )
  const buckets = window === null ? null : new BucketAccumulator(window.from, window.to, window.level)
  for (const [i, { xs, values }] of points.entries()) {
    const { ref, lineage } = series[i]!
    const cursor = lineage.row?.headSeq ?? 0
    if (buckets === null || xs.length === 0) {
      yield emptyBuckets(ref, cursor)
      continue
    }
    buckets.addPoints(xs, values, 0, xs.length)
    yield buckets.finish(ref, cursor)
  }
}

const finiteExtent = (xs: Float64Array): ReadonlyArray<{ readonly first: number; readonly last: number }> => {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const x of xs) {
    if (x < first && x > Number.NEGATIVE_INFINITY) first = x
    if (x > last && x < Number.POSITIVE_INFINITY) last = x
  }
  return first > last ? [] : [{ first, last }]
}
