/**
 * Brings a chart's state onto the screen: axes and cursor as DOM here, lines through the panel's renderer. Runs at most once
 * a frame and writes only what changed.
 */
import type { ChartPanel } from "../chart/ChartPanel.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { SceneFrame, SceneLine, ScenePatch } from "../raster/Scene.ts"
import { fractionOf } from "../scale/Scale.ts"
import { ticksOf } from "../scale/ticks.ts"
import { smooths } from "../smooth/Smoothing.ts"
import { AxisLayer } from "./AxisLayer.ts"
import type { ChartLine, ChartState } from "./ChartState.ts"
import { CursorLayer } from "./CursorLayer.ts"
import { nearestFour, pointsAt } from "./chartCursor.ts"
import { cursorTitle } from "./describe.ts"
import { bleed, type PlotLayout, plotLayout, xTickRoom, yTickRoom } from "./plotLayout.ts"

const lineWidth = 1.5
const bandLines = 12

export interface PainterParts {
  readonly x: HTMLElement
  readonly y: HTMLElement
  readonly grid: SVGPathElement
  readonly cursor: HTMLElement
  readonly dots: HTMLElement
  readonly tooltip: HTMLElement
  readonly plot: HTMLElement
}

export interface Colouring {
  /** As CSS, for the DOM. */
  readonly css: (line: ChartLine) => string
  /** As `0xBBGGRR`, for the renderer. */
  readonly packed: (line: ChartLine) => number
}

export class LineChartPainter {
  readonly #parts: PainterParts
  readonly #axes: AxisLayer
  readonly #cursor: CursorLayer
  #panel: ChartPanel | null = null
  #painted: ChartState | null = null
  #frame = ""
  #size = { width: 0, height: 0 }
  layout: PlotLayout = plotLayout(0, 0, [])

  constructor(parts: PainterParts) {
    this.#parts = parts
    this.#axes = new AxisLayer(parts.x, parts.y, parts.grid)
    this.#cursor = new CursorLayer(parts.cursor, parts.dots, parts.tooltip)
  }

  /** Everything is drawn again next time: a new panel, or new colours. */
  use(panel: ChartPanel | null): void {
    this.#panel = panel
    this.#painted = null
    this.#frame = ""
  }

  resize(width: number, height: number): void {
    this.#size = { width, height }
    this.#painted = null
  }

  xAt(state: ChartState, value: number): number {
    return this.layout.left + fractionOf(state.xScale, state.view.x, value) * (this.layout.right - this.layout.left)
  }

  yAt(state: ChartState, value: number): number {
    return (
      this.layout.bottom -
      fractionOf(state.options.yScale, state.view.y, value) * (this.layout.bottom - this.layout.top)
    )
  }

  /** Whether this very state was painted last. */
  painted(state: ChartState): boolean {
    return this.#painted === state
  }

  /** `pointing` is whether the pointer or the keyboard is on this chart; others show only the hairline. */
  paint(state: ChartState, colours: Colouring, pointing: boolean, highlight: string | null): void {
    const { width, height } = this.#size
    if (width < 40 || height < 40) return
    const before = this.#painted
    if (
      before === null ||
      before.view !== state.view ||
      before.xScale !== state.xScale ||
      before.options !== state.options ||
      before.status !== state.status
    ) {
      const { yScale, divisor } = state.options
      const shownY = { from: state.view.y.from / divisor, to: state.view.y.to / divisor }
      const yTicks = ticksOf(yScale, shownY, yTickRoom(height)).map((tick) => ({
        ...tick,
        value: tick.value * divisor
      }))
      const xTicks = ticksOf(state.xScale, state.view.x, xTickRoom(width, state.xScale))
      this.layout = plotLayout(width, height, yTicks)
      const bare = state.series.size === 0
      // A chart that waits for its lines keeps its frame; one without any leaves the room to the words.
      const emptyGrid = state.status === "loading" ? yTicks.map((tick) => ({ ...tick, label: "" })) : []
      this.#axes.draw(
        this.layout,
        bare ? [] : xTicks,
        bare ? emptyGrid : yTicks,
        (value) => this.xAt(state, value),
        (value) => this.yAt(state, value)
      )
    }
    this.#paintLines(state, before, colours, highlight)
    this.#painted = state
    this.#paintCursor(state, colours, pointing)
  }

  #paintLines(state: ChartState, before: ChartState | null, colours: Colouring, highlight: string | null): void {
    const panel = this.#panel
    if (panel === null) return
    const patch: { -readonly [K in keyof ScenePatch]: ScenePatch[K] } = {}
    const frame = this.#sceneFrame(panel)
    if (frame !== null) patch.frame = frame
    if (
      before === null ||
      before.view !== state.view ||
      before.xScale !== state.xScale ||
      before.options !== state.options
    ) {
      patch.view = { ...state.view, xScale: state.xScale, yScale: state.options.yScale }
      patch.smoothing = state.options.smoothing
    }
    if (
      before === null ||
      before.lines !== state.lines ||
      before.hidden !== state.hidden ||
      before.options !== state.options
    ) {
      const shown = state.lines.filter((line) => !state.hidden.has(line.id))
      patch.lines = shown.map(
        (line): SceneLine => ({
          id: line.id,
          colour: colours.packed(line),
          width: lineWidth,
          opacity: 1,
          live: line.live
        })
      )
      patch.band = state.options.band === "auto" ? shown.length <= bandLines : state.options.band
    }
    if (highlight !== this.#highlight || before === null) {
      this.#highlight = highlight
      const ids = highlight === null ? [] : state.lines.filter((line) => line.run === highlight).map((line) => line.id)
      patch.emphasis = ids.length === 0 || state.lines.length < 2 ? null : ids
    }
    if (before === null || before.revision !== state.revision || before.series !== state.series) {
      Object.assign(patch, panel.difference(state.series))
    }
    if (Object.keys(patch).length > 0) panel.patch(patch)
  }

  #highlight: string | null = null

  #sceneFrame(panel: ChartPanel): SceneFrame | null {
    const { left, top, right, bottom } = this.layout
    const ratio = window.devicePixelRatio || 1
    const width = right - left + 2 * bleed
    const height = bottom - top + 2 * bleed
    const key = [left, top, width, height, ratio].join(" ")
    if (key === this.#frame) return null
    this.#frame = key
    const { style } = panel.canvas
    style.left = `${left - bleed}px`
    style.top = `${top - bleed}px`
    style.width = `${width}px`
    style.height = `${height}px`
    return { width, height, ratio, plot: { left: bleed, top: bleed, right: width - bleed, bottom: height - bleed } }
  }

  #paintCursor(state: ChartState, colours: Colouring, pointing: boolean): void {
    const { cursor } = state
    if (cursor === null || state.series.size === 0) {
      this.#cursor.hide()
      return
    }
    const x = this.xAt(state, cursor.x)
    if (!pointing) {
      this.#cursor.showLine(x, this.layout)
      return
    }
    const points = pointsAt(state, cursor.x)
    const on = points.find((point) => point.line.id === cursor.line)
    const height = on === undefined ? 0 : this.yAt(state, on.y)
    const near =
      on === undefined
        ? points.slice(0, 4)
        : nearestFour(points, (point) => Math.abs(this.yAt(state, point.y) - height))
    this.#cursor.show(
      {
        x: on === undefined ? x : this.xAt(state, on.x),
        title: cursorTitle(state, on?.x ?? cursor.x),
        points: near.map((point) => ({ point, y: this.yAt(state, point.y), colour: colours.css(point.line) })),
        value: (y) => formatNumber(y / state.options.divisor),
        more: points.length - near.length,
        smoothed: smooths(state.options.smoothing)
      },
      this.layout,
      this.#parts.plot.getBoundingClientRect()
    )
  }
}
