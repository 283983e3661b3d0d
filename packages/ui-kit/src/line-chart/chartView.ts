/** What the axes of a chart span: the zoom where there is one, else round numbers around all that is visible. */
import { type Domain, openDomain, type ScaleKind } from "../scale/Scale.ts"
import { roundDomain } from "../scale/ticks.ts"
import type { ChartSeries } from "../series/ChartSeries.ts"
import { lowerBound, windowOf } from "../series/search.ts"
import type { ChartState } from "./ChartState.ts"

const logarithmic = (kind: ScaleKind): boolean => kind === "log" || kind === "log2"

/** The scale that fits an x-axis when the host asks for none. */
export const defaultXScale = (x: ChartState["options"]["x"]): ScaleKind =>
  x === "wall" ? "time" : x === "relative" ? "duration" : "linear"

export const visibleSeries = (state: Pick<ChartState, "lines" | "series" | "hidden">): ReadonlyArray<ChartSeries> =>
  state.lines.flatMap((line) => {
    const series = state.hidden.has(line.id) ? undefined : state.series.get(line.id)
    return series === undefined || series.length === 0 ? [] : [series]
  })

export const xExtent = (series: ReadonlyArray<ChartSeries>, scale: ScaleKind): Domain => {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const one of series) {
    const first = logarithmic(scale) ? (one.x[lowerBound(one.x, 0, true)] ?? Number.NaN) : one.firstX
    if (first < from) from = first
    if (one.lastX > to) to = one.lastX
  }
  return openDomain(scale, from, to)
}

export const yExtent = (
  series: ReadonlyArray<ChartSeries>,
  { yScale, divisor, atLeast }: Pick<ChartState["options"], "yScale" | "divisor" | "atLeast">,
  x: Domain | null,
  most: number
): Domain => {
  let low = atLeast?.from ?? Number.POSITIVE_INFINITY
  let high = atLeast?.to ?? Number.NEGATIVE_INFINITY
  for (const one of series) {
    const [from, to] = x === null ? [0, one.length] : windowOf(one.x, x.from, x.to)
    const [down, up] = one.extent(from, to, logarithmic(yScale))
    if (down < low) low = down
    if (up > high) high = up
  }
  const round = roundDomain(yScale, openDomain(yScale, low / divisor, high / divisor), most)
  return { from: round.from * divisor, to: round.to * divisor }
}

export const viewOf = (
  state: Pick<ChartState, "lines" | "series" | "hidden" | "zoom" | "xScale" | "options">,
  yTicks = 6
): ChartState["view"] => {
  const { zoom, xScale, options } = state
  // With everything hidden the axes stay as they would be with everything shown.
  const shown = visibleSeries(state)
  const series = shown.length > 0 ? shown : visibleSeries({ ...state, hidden: new Set() })
  return {
    x: zoom.x ?? xExtent(series, xScale),
    y: zoom.y ?? yExtent(series, options, zoom.x, yTicks)
  }
}
