/** A chart as it shows now, laid out for paper and slides: title, axes, bands, lines, and a legend of every line shown. */

import { splitMiddle } from "../base/splitMiddle.ts"
import type { ChartLine, ChartState } from "../line-chart/ChartState.ts"
import { xName } from "../line-chart/describe.ts"
import { plotLayout } from "../line-chart/plotLayout.ts"
import { fractionOf } from "../scale/Scale.ts"
import { ticksOf } from "../scale/ticks.ts"
import type { ChartSeries } from "../series/ChartSeries.ts"
import { decimate } from "../series/decimate.ts"
import { windowOf } from "../series/search.ts"
import { smoothedValues } from "../series/smoothedValues.ts"
import { smooths } from "../smooth/Smoothing.ts"
import type { PathShape, Picture, TextShape } from "./Picture.ts"

export interface PictureColours {
  readonly background: string
  readonly text: string
  readonly quiet: string
  readonly grid: string
  readonly line: (line: ChartLine) => string
}

const width = 960
const plotHeight = 420
const margin = 24
const titleHeight = 32
const legendRow = 20
const legendColumn = 228
const mostNamed = 120
const longestName = 29
const bandLines = 12

const number = (value: number): string => String(Math.round(value * 100) / 100)

/** The middle of a long name goes, as in the page's legends. */
const shortened = (text: string): string => {
  if (text.length <= longestName) return text
  const [head, tail] = splitMiddle(text)
  return `${head.slice(0, longestName - tail.length - 1).trimEnd()}…${tail}`
}

/** Path data of the points from pixels; what is not finite breaks it. */
const through = (x: Float64Array, y: Float64Array, length: number): string => {
  let d = ""
  let drawing = false
  for (let index = 0; index < length; index++) {
    const finite = Number.isFinite(x[index]! + y[index]!)
    if (finite) d += `${drawing ? "L" : "M"}${number(x[index]!)} ${number(y[index]!)}`
    // A lone point would leave no mark.
    if (finite && !drawing && !Number.isFinite(y[index + 1] ?? Number.NaN)) d += "h0.01"
    drawing = finite
  }
  return d
}

export const chartPicture = (state: ChartState, title: string, colours: PictureColours): Picture => {
  const { options, view, xScale } = state
  const { yScale, divisor } = options
  const shown = state.lines.filter((line) => !state.hidden.has(line.id))
  const yTicks = ticksOf(yScale, { from: view.y.from / divisor, to: view.y.to / divisor }, 6)
  const layout = plotLayout(width - 2 * margin, plotHeight, yTicks)
  const [left, right] = [margin + layout.left, margin + layout.right]
  const [top, bottom] = [margin + titleHeight + layout.top, margin + titleHeight + layout.bottom]
  const xAt = (value: number) => left + fractionOf(xScale, view.x, value) * (right - left)
  const yAt = (value: number) => bottom - fractionOf(yScale, view.y, value) * (bottom - top)
  const shapes: Array<PathShape | TextShape> = []
  const text = (content: string, x: number, y: number, change: Partial<TextShape> = {}) =>
    shapes.push({
      kind: "text",
      text: content,
      x,
      y,
      size: 12,
      colour: colours.quiet,
      bold: false,
      anchor: "start",
      ...change
    })

  text(title, margin, margin + 16, { size: 15, colour: colours.text, bold: true })
  for (const { value, label } of yTicks) {
    const y = Math.round(yAt(value * divisor)) + 0.5
    shapes.push({
      kind: "path",
      d: `M${number(left)} ${y}H${number(right)}`,
      colour: colours.grid,
      opacity: 1,
      width: 1
    })
    text(label, left - 8, y + 4, { anchor: "end" })
  }
  for (const { value, label } of ticksOf(xScale, view.x, 8)) {
    const x = xAt(value)
    const anchor = x > right - 16 ? "end" : "middle"
    text(label, anchor === "end" ? right : x, bottom + 18, { anchor })
  }
  text(xName(state), right, bottom + 36, { anchor: "end" })

  const banded = options.band === "auto" ? shown.length <= bandLines : options.band
  for (const line of shown) {
    const series = state.series.get(line.id)
    if (series !== undefined) shapes.push(...lineShapes(state, series, colours.line(line), banded, xAt, yAt))
  }

  const named = shown.slice(0, mostNamed)
  const columns = Math.max(1, Math.floor((width - 2 * margin) / legendColumn))
  const legendTop = bottom + 56
  for (const [index, line] of named.entries()) {
    const x = margin + (index % columns) * legendColumn
    const y = legendTop + Math.floor(index / columns) * legendRow
    shapes.push({ kind: "path", d: `M${x} ${y}h10v10h-10z`, colour: colours.line(line), opacity: 1, width: null })
    text(shortened(line.label), x + 16, y + 9, { colour: colours.text })
  }
  const rows = Math.ceil(named.length / columns)
  if (shown.length > named.length) text(`${shown.length - named.length} more`, margin, legendTop + rows * legendRow + 9)
  const height = legendTop + (rows + (shown.length > named.length ? 1 : 0)) * legendRow + margin - 8
  return { width, height, background: colours.background, font: "Inter, system-ui, sans-serif", shapes }
}

function* lineShapes(
  state: ChartState,
  series: ChartSeries,
  colour: string,
  banded: boolean,
  xAt: (value: number) => number,
  yAt: (value: number) => number
): Generator<PathShape> {
  const [from, to] = windowOf(series.x, state.view.x.from, state.view.x.to)
  if (to <= from) return
  const { low, high } = series
  if (banded && low !== null && high !== null) {
    let d = ""
    for (let index = from; index < to; index++) {
      if (Number.isFinite(high[index]!))
        d += `${d === "" ? "M" : "L"}${number(xAt(series.x[index]!))} ${number(yAt(high[index]!))}`
    }
    for (let index = to - 1; index >= from; index--) {
      if (Number.isFinite(low[index]!)) d += `L${number(xAt(series.x[index]!))} ${number(yAt(low[index]!))}`
    }
    if (d !== "") yield { kind: "path", d: `${d}z`, colour, opacity: 0.13, width: null }
  }
  const path = (values: Float64Array) => {
    const x = series.x.slice(from, to).map(xAt)
    const y = values.slice(from, to).map(yAt)
    return through(x, y, decimate(x, y, to - from))
  }
  const smooth = smooths(state.options.smoothing)
  if (smooth) yield { kind: "path", d: path(series.y), colour, opacity: 0.25, width: 1 }
  yield { kind: "path", d: path(smoothedValues(series, state.options.smoothing)), colour, opacity: 1, width: 1.5 }
}
