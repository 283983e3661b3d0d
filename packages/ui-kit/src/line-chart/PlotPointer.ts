/** What the pointer's gestures mean for a chart: pixels become values, and the brush is drawn where a box is dragged. */
import { type Domain, valueAt } from "../scale/Scale.ts"
import type { ChartEvent, ChartState } from "./ChartState.ts"
import { type CursorPoint, pointsAt } from "./chartCursor.ts"
import type { LineChartPainter } from "./LineChartPainter.ts"
import type { Box, GestureTarget } from "./plotGestures.ts"

/** A line counts as hovered within so many pixels. */
const reach = 24

export interface PointerHost {
  readonly state: () => ChartState
  readonly send: (event: ChartEvent) => void
  /** Whether the pointer is on this chart; told before the cursor moves, and after it left. */
  readonly pointing: (on: boolean) => void
  readonly publish: () => void
  readonly clicked: (point: CursorPoint) => void
  readonly painter: LineChartPainter
  readonly brush: HTMLElement
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

export class PlotPointer implements GestureTarget {
  readonly #host: PointerHost

  constructor(host: PointerHost) {
    this.#host = host
  }

  /** Where a pixel lies along the x-axis, 0 to 1. */
  xFraction(x: number): number {
    const { left, right } = this.#host.painter.layout
    return within((x - left) / (right - left), 0, 1)
  }

  hover(x: number, y: number): void {
    const { painter, send, pointing, publish } = this.#host
    const state = this.#host.state()
    const value = valueAt(state.xScale, state.view.x, this.xFraction(x))
    let nearest: CursorPoint | null = null
    let least = Number.POSITIVE_INFINITY
    for (const point of pointsAt(state, value)) {
      const distance = Math.abs(painter.yAt(state, point.y) - y)
      if (distance >= least) continue
      least = distance
      nearest = point
    }
    pointing(true)
    send({ type: "cursor", x: value, line: nearest?.line.id ?? null })
    send({ type: "hover", run: nearest !== null && least <= reach ? nearest.line.run : null })
    publish()
  }

  leave(): void {
    const { send, pointing, publish } = this.#host
    pointing(false)
    send({ type: "cursor", x: null })
    send({ type: "hover", run: null })
    publish()
  }

  zoomTo(x: readonly [number, number] | null, y: readonly [number, number] | null): void {
    const state = this.#host.state()
    this.#host.send({
      type: "zoom",
      ...(x === null ? {} : { x: this.#xBetween(state, x) }),
      ...(y === null ? {} : { y: this.#yBetween(state, y) })
    })
  }

  pan(dx: number, dy: number): void {
    const { left, right, top, bottom } = this.#host.painter.layout
    // An axis that fits itself to what is visible cannot be dragged.
    const y = this.#host.state().zoom.y === null ? 0 : dy / (bottom - top)
    this.#host.send({ type: "pan", x: -dx / (right - left), y })
  }

  zoomBy(factor: number, x: number): void {
    this.#host.send({ type: "zoom-by", factor, at: this.xFraction(x) })
  }

  reset(): void {
    this.#host.send({ type: "reset" })
  }

  click(x: number, y: number): void {
    this.hover(x, y)
    const state = this.#host.state()
    const { cursor } = state
    const point = cursor === null ? undefined : pointsAt(state, cursor.x).find(({ line }) => line.id === cursor.line)
    if (point !== undefined) this.#host.clicked(point)
  }

  brush(box: Box | null): void {
    const { brush, painter } = this.#host
    brush.hidden = box === null
    if (box === null) return
    const { left, right, top, bottom } = painter.layout
    const [x0, x1] = box.along === "y" ? [left, right] : [within(box.x[0], left, right), within(box.x[1], left, right)]
    const [y0, y1] = box.along === "x" ? [top, bottom] : [within(box.y[0], top, bottom), within(box.y[1], top, bottom)]
    Object.assign(brush.style, { left: `${x0}px`, top: `${y0}px`, width: `${x1 - x0}px`, height: `${y1 - y0}px` })
  }

  #xBetween(state: ChartState, [from, to]: readonly [number, number]): Domain {
    const at = (x: number) => valueAt(state.xScale, state.view.x, this.xFraction(x))
    return { from: at(from), to: at(to) }
  }

  #yBetween(state: ChartState, [top, bottom]: readonly [number, number]): Domain {
    const { layout } = this.#host.painter
    const fraction = (y: number) => within((layout.bottom - y) / (layout.bottom - layout.top), 0, 1)
    const at = (y: number) => valueAt(state.options.yScale, state.view.y, fraction(y))
    return { from: at(bottom), to: at(top) }
  }
}
