/** Draws the lines of a scene onto a surface: band, the raw line behind a smoothed one, the line, marks and the live dot. */

import { isStraight, type ScaleKind, toAxis } from "../scale/Scale.ts"
import { type ChartSeries, Marks } from "../series/ChartSeries.ts"
import { decimate } from "../series/decimate.ts"
import { windowOf } from "../series/search.ts"
import { smoothedValues } from "../series/smoothedValues.ts"
import { smooths } from "../smooth/Smoothing.ts"
import { fillBand } from "./fillBand.ts"
import type { Scene, SceneLine } from "./Scene.ts"
import type { Clip, Surface } from "./Surface.ts"
import { stampDisc, stampTriangle, strokeLine } from "./strokeLine.ts"

const bandOpacity = 0.13
const rawOpacity = 0.25
const fadedOpacity = 0.75
/** 2.2 px where a line is 1.5 px wide. */
const emphasisedWidth = 2.2 / 1.5
const liveDot = 3.2
const liveHalo = 6.5
const haloOpacity = 0.2

// Grown once and shared by all lines of a thread: a wall of charts must not allocate per line and frame.
const scratch = { x: new Float64Array(2048), y: new Float64Array(2048), other: new Float64Array(2048) }

const project = (
  kind: ScaleKind,
  values: Float64Array,
  from: number,
  to: number,
  origin: number,
  axisFrom: number,
  scale: number,
  out: Float64Array
): void => {
  if (isStraight(kind)) for (let i = from; i < to; i++) out[i - from] = origin + (values[i]! - axisFrom) * scale
  else for (let i = from; i < to; i++) out[i - from] = origin + (toAxis(kind, values[i]!) - axisFrom) * scale
}

export const drawScene = (scene: Scene, surface: Surface): void => {
  surface.clear()
  const { ratio, plot } = scene.frame
  // A line on the edge of the plot keeps its full width.
  const edge = Math.ceil(1.5 * ratio)
  const clip: Clip = {
    left: Math.max(0, Math.round(plot.left * ratio) - edge),
    top: Math.max(0, Math.round(plot.top * ratio) - edge),
    right: Math.min(surface.width, Math.round(plot.right * ratio) + edge),
    bottom: Math.min(surface.height, Math.round(plot.bottom * ratio) + edge)
  }
  const draw = (line: SceneLine) => {
    const series = scene.series.get(line.id)
    if (series !== undefined && series.length > 0) drawLine(scene, surface, clip, series, line)
  }
  const { emphasis } = scene
  if (emphasis === null) {
    for (const line of scene.lines) draw(line)
    return
  }
  for (const line of scene.lines)
    if (!emphasis.includes(line.id)) draw({ ...line, opacity: line.opacity * fadedOpacity })
  for (const line of scene.lines) if (emphasis.includes(line.id)) draw({ ...line, width: line.width * emphasisedWidth })
}

const drawLine = (scene: Scene, surface: Surface, clip: Clip, series: ChartSeries, line: SceneLine): void => {
  const { view, frame, smoothing } = scene
  const { ratio, plot } = frame
  const x0 = toAxis(view.xScale, view.x.from)
  const y1 = toAxis(view.yScale, view.y.to)
  const perX = ((plot.right - plot.left) * ratio) / (toAxis(view.xScale, view.x.to) - x0)
  const perY = (-(plot.bottom - plot.top) * ratio) / (y1 - toAxis(view.yScale, view.y.from))
  const [left, top] = [plot.left * ratio, plot.top * ratio]
  const [from, to] = windowOf(series.x, view.x.from, view.x.to)
  const count = to - from
  if (count <= 0) return
  if (count > scratch.x.length)
    for (const key of ["x", "y", "other"] as const) scratch[key] = new Float64Array(count * 2)
  const { x, y, other } = scratch
  const projectX = () => project(view.xScale, series.x, from, to, left, x0, perX, x)
  const projectY = (values: Float64Array, out: Float64Array) =>
    project(view.yScale, values, from, to, top, y1, perY, out)

  const { low, high } = series
  if (scene.band && low !== null && high !== null) {
    projectX()
    projectY(high, y)
    projectY(low, other)
    fillBand(surface, x, y, other, 0, count, clip)
    surface.composite(line.colour, bandOpacity * line.opacity)
  }
  const stroke = (values: Float64Array, width: number, opacity: number) => {
    projectX()
    projectY(values, y)
    const length = count > 2 * (clip.right - clip.left) ? decimate(x, y, count) : count
    strokeRuns(surface, length, width * ratio, clip)
    surface.composite(line.colour, opacity)
  }
  if (smooths(smoothing)) {
    stroke(series.y, 1, rawOpacity * line.opacity)
    stroke(smoothedValues(series, smoothing), line.width, line.opacity)
  } else stroke(series.y, line.width, line.opacity)

  if (series.marked) {
    projectX()
    for (let index = 0; index < count; index++) {
      const mark = series.marks[from + index]!
      if (mark === 0) continue
      // Above the axis points up at the top edge; below it, and what is no number at all, points down at the bottom edge.
      if (mark & Marks.above) stampTriangle(surface, x[index]!, clip.top, 5 * ratio, true, clip)
      if (mark & (Marks.below | Marks.nan)) stampTriangle(surface, x[index]!, clip.bottom - 1, 5 * ratio, false, clip)
    }
    surface.composite(line.colour, line.opacity)
  }
  if (line.live)
    drawLiveDot(
      scene,
      surface,
      series,
      line,
      left + (toAxis(view.xScale, series.lastX) - x0) * perX,
      (value) => top + (toAxis(view.yScale, value) - y1) * perY
    )
}

/** Strokes each unbroken part; a point between two gaps would be invisible as a line, so it is a dot. */
const strokeRuns = (surface: Surface, length: number, width: number, clip: Clip): void => {
  const { x, y } = scratch
  let start = 0
  while (start < length) {
    if (!Number.isFinite(y[start]! + x[start]!)) {
      start += 1
      continue
    }
    let end = start + 1
    while (end < length && Number.isFinite(y[end]! + x[end]!)) end += 1
    if (end - start === 1) stampDisc(surface, x[start]!, y[start]!, Math.max(1.25, width * 1.2), clip)
    else strokeLine(surface, x, y, start, end, width, clip)
    start = end
  }
}

const drawLiveDot = (
  { frame, view, smoothing }: Scene,
  surface: Surface,
  series: ChartSeries,
  line: SceneLine,
  x: number,
  yOf: (value: number) => number
): void => {
  if (series.lastX < view.x.from || series.lastX > view.x.to) return
  const values = smoothedValues(series, smoothing)
  const y = yOf(values[values.length - 1]!)
  if (!Number.isFinite(y)) return
  const everywhere: Clip = { left: 0, top: 0, right: surface.width, bottom: surface.height }
  stampDisc(surface, x, y, liveHalo * frame.ratio, everywhere)
  surface.composite(line.colour, haloOpacity)
  stampDisc(surface, x, y, liveDot * frame.ratio, everywhere)
  surface.composite(line.colour, 1)
}
