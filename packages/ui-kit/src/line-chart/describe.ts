/** A chart in words: its summary for screen readers, its cursor, and how positions along its x-axis are written. */

import { formatNumber } from "../format/formatNumber.ts"
import { formatDuration, formatMoment } from "../scale/durationTicks.ts"
import type { ChartState } from "./ChartState.ts"
import type { CursorPoint } from "./chartCursor.ts"
import { visibleSeries } from "./chartView.ts"

/** `step`, `time`, or the name of the metric. */
export const xName = (state: ChartState): string => {
  const { x } = state.options
  return typeof x === "string" ? (x === "step" ? "step" : "time") : x.metric
}

export const formatX = (state: ChartState, x: number): string => {
  const mode = state.options.x
  if (mode === "wall") return formatMoment(x)
  if (mode === "relative") return formatDuration(x)
  return formatNumber(x)
}

/** Such as `step 4,210`. */
export const cursorTitle = (state: ChartState, x: number): string =>
  state.options.x === "wall" || state.options.x === "relative"
    ? formatX(state, x)
    : `${xName(state)} ${formatX(state, x)}`

/** Such as `val/loss, 12 lines, step 0 to 10,000, lowest 0.21 in run-3, highest 2.3 in run-9`. */
export const summaryOf = (state: ChartState, title: string): string => {
  const name = title === "" ? "Line chart" : title
  if (state.status === "loading") return `${name}, loading`
  if (state.status === "error") return `${name}, could not be loaded`
  const shown = visibleSeries(state)
  if (shown.length === 0) return `${name}, no data`
  let lowest = { value: Number.POSITIVE_INFINITY, id: "" }
  let highest = { value: Number.NEGATIVE_INFINITY, id: "" }
  for (const series of shown) {
    const [low, high] = series.extent(0, series.length)
    if (low < lowest.value) lowest = { value: low, id: series.id }
    if (high > highest.value) highest = { value: high, id: series.id }
  }
  const label = (id: string) => state.lines.find((line) => line.id === id)?.label ?? id
  const { from, to } = state.view.x
  const parts = [
    name,
    shown.length === 1 ? label(shown[0]!.id) : `${shown.length} lines`,
    `${xName(state)} ${formatX(state, from)} to ${formatX(state, to)}`
  ]
  if (Number.isFinite(lowest.value)) {
    const where = (id: string) => (shown.length === 1 ? "" : ` in ${label(id)}`)
    parts.push(
      `lowest ${formatNumber(lowest.value / state.options.divisor)}${where(lowest.id)}`,
      `highest ${formatNumber(highest.value / state.options.divisor)}${where(highest.id)}`
    )
  }
  return parts.join(", ")
}

/** What the keyboard's cursor stands on, to be spoken. */
export const spoken = (state: ChartState, point: CursorPoint): string =>
  `${cursorTitle(state, point.x)}, ${point.line.label} ${formatNumber(point.y / state.options.divisor)}`
