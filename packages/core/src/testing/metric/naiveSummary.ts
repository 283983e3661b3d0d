/** The summary of a series by looking at each of its points. */
import type { Json, KeySummary, SeriesKind } from "../../metric/MetricQuery.ts"

interface SummaryPoint {
  readonly kind: SeriesKind
  readonly step: number
  readonly time: number
  readonly value: number | Json
}

/** `points` are of one kind, at least one, by (step, arrival). */
export const naiveSummary = (key: string, points: ReadonlyArray<SummaryPoint>): KeySummary => {
  const first = points[0]!
  const last = points[points.length - 1]!
  const numbers = first.kind === "number" ? points : []
  const finite = numbers.filter((point) => Number.isFinite(point.value))
  const min = finite.reduce((least, point) => Math.min(least, point.value as number), Number.POSITIVE_INFINITY)
  const max = finite.reduce((most, point) => Math.max(most, point.value as number), Number.NEGATIVE_INFINITY)
  const stepOf = (value: number) => finite.find((point) => point.value === value)?.step ?? Number.NaN
  const count = (is: (value: number) => boolean) => numbers.filter((point) => is(point.value as number)).length
  return {
    key,
    kind: first.kind,
    count: points.length,
    firstStep: first.step,
    lastStep: last.step,
    firstTimeMs: first.time,
    lastTimeMs: last.time,
    last: first.kind === "number" ? (last.value as number) : Number.NaN,
    ...(first.kind === "text" ? { lastText: String(last.value) } : {}),
    min: finite.length > 0 ? min : Number.NaN,
    max: finite.length > 0 ? max : Number.NaN,
    mean:
      finite.length > 0 ? finite.reduce((sum, point) => sum + (point.value as number), 0) / finite.length : Number.NaN,
    minStep: stepOf(min),
    maxStep: stepOf(max),
    nan: count((value) => Number.isNaN(value)),
    posInf: count((value) => value === Number.POSITIVE_INFINITY),
    negInf: count((value) => value === Number.NEGATIVE_INFINITY)
  }
}
