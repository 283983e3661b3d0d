/** What lies under the cursor of a chart: the nearest point of each visible line, and where the keyboard moves it. */
import type { ChartSeries } from "../series/ChartSeries.ts"
import { lowerBound, nearestIndex } from "../series/search.ts"
import { smoothedValues } from "../series/smoothedValues.ts"
import type { ChartLine, ChartState } from "./ChartState.ts"

export interface CursorPoint {
  readonly line: ChartLine
  readonly x: number
  /** As drawn: smoothed where the chart is. */
  readonly y: number
  /** As logged. */
  readonly raw: number
  readonly low: number | null
  readonly high: number | null
}

const pointOf = (state: ChartState, line: ChartLine, series: ChartSeries, x: number): CursorPoint | null => {
  // A run that ended before x, or began after it, has no value there.
  const room = (state.view.x.to - state.view.x.from) * 0.01
  if (x < series.firstX - room || x > series.lastX + room) return null
  const index = nearestIndex(series.x, x)
  if (index < 0) return null
  const raw = series.y[index]!
  const y = smoothedValues(series, state.options.smoothing)[index]!
  return { line, x: series.x[index]!, y, raw, low: series.low?.[index] ?? null, high: series.high?.[index] ?? null }
}

/** The points at x of all visible lines, from the highest value down; what is no number last. */
export const pointsAt = (state: ChartState, x: number): ReadonlyArray<CursorPoint> => {
  const points: Array<CursorPoint> = []
  for (const line of state.lines) {
    if (state.hidden.has(line.id)) continue
    const series = state.series.get(line.id)
    const point = series === undefined ? null : pointOf(state, line, series, x)
    if (point !== null) points.push(point)
  }
  return points.sort((a, b) => (Number.isNaN(a.y) ? 1 : Number.isNaN(b.y) ? -1 : b.y - a.y))
}

/** Up to four points around a value (in the space of the axis, by `distance`), still from the highest down. */
export const nearestFour = (
  points: ReadonlyArray<CursorPoint>,
  distance: (point: CursorPoint) => number
): ReadonlyArray<CursorPoint> => {
  if (points.length <= 4) return points
  const near = [...points].sort((a, b) => distanceOr(distance(a)) - distanceOr(distance(b))).slice(0, 4)
  return points.filter((point) => near.includes(point))
}

const distanceOr = (distance: number): number => (Number.isFinite(distance) ? distance : Number.POSITIVE_INFINITY)

/** The line that the keyboard walks on: the cursor's, else the first visible one. */
export const walkedLine = (state: ChartState): ChartSeries | null => {
  const chosen = state.cursor?.line
  const id =
    chosen != null && !state.hidden.has(chosen) ? chosen : state.lines.find((line) => !state.hidden.has(line.id))?.id
  return (id === undefined ? undefined : state.series.get(id)) ?? null
}

export const steppedCursor = (
  state: ChartState,
  by: "point" | "tenth" | "end",
  direction: 1 | -1
): { readonly x: number; readonly line: string } | null => {
  const series = walkedLine(state)
  if (series === null || series.length === 0) return null
  const { from, to } = state.view.x
  const first = Math.min(series.length - 1, lowerBound(series.x, from))
  const last = Math.max(first, lowerBound(series.x, to, true) - 1)
  const at = (index: number) => ({ x: series.x[Math.min(last, Math.max(first, index))]!, line: series.id })
  if (by === "end") return at(direction > 0 ? last : first)
  if (state.cursor === null) return at(direction > 0 ? first : last)
  if (by === "tenth") return at(nearestIndex(series.x, state.cursor.x + direction * (to - from) * 0.1))
  return at(nearestIndex(series.x, state.cursor.x) + direction)
}

/** The line above (−1) or below the cursor's at its x. */
export const neighbourLine = (
  state: ChartState,
  direction: 1 | -1
): { readonly x: number; readonly line: string } | null => {
  const series = walkedLine(state)
  if (series === null) return null
  const x = state.cursor?.x ?? series.firstX
  const points = pointsAt(state, x)
  const at = points.findIndex((point) => point.line.id === series.id)
  const next = points[at < 0 ? 0 : Math.min(points.length - 1, Math.max(0, at + direction))]
  return next === undefined ? null : { x, line: next.line.id }
}
