/**
 * Hairline, dots and tooltip at the cursor. They are DOM that moves by `transform`; the lines behind them are not drawn again.
 * The tooltip is in the top layer, so no scroller cuts it, and it is kept inside the viewport.
 */
import { splitMiddle } from "../base/splitMiddle.ts"
import type { CursorPoint } from "./chartCursor.ts"
import type { PlotLayout } from "./plotLayout.ts"

export interface CursorView {
  /** Pixels of the plot box. */
  readonly x: number
  readonly title: string
  /** The nearest lines, from the highest value down, with their height in pixels. */
  readonly points: ReadonlyArray<{ readonly point: CursorPoint; readonly y: number; readonly colour: string }>
  readonly more: number
  /** How a value is written. */
  readonly value: (y: number) => string
  /** Whether lines are smoothed, so that the logged value is worth a mention. */
  readonly smoothed: boolean
}

const gap = 12
const margin = 8

export class CursorLayer {
  readonly #hairline: HTMLElement
  readonly #dots: HTMLElement
  readonly #tooltip: HTMLElement
  #content = ""

  constructor(hairline: HTMLElement, dots: HTMLElement, tooltip: HTMLElement) {
    this.#hairline = hairline
    this.#dots = dots
    this.#tooltip = tooltip
  }

  hide(): void {
    this.#hairline.hidden = true
    this.#dots.hidden = true
    this.#closeTooltip()
  }

  /** A cursor that another chart moved: only the hairline. */
  showLine(x: number, layout: PlotLayout): void {
    this.#place(x, layout)
    this.#dots.hidden = true
    this.#closeTooltip()
  }

  /** `bounds` is the plot box in the viewport. */
  show(view: CursorView, layout: PlotLayout, bounds: DOMRect): void {
    this.#place(view.x, layout)
    this.#drawDots(view)
    if (view.points.length === 0) {
      this.#closeTooltip()
      return
    }
    this.#fill(view)
    const tooltip = this.#tooltip
    if (tooltip.hidden) {
      tooltip.hidden = false
      tooltip.showPopover?.()
    }
    const { offsetWidth: width, offsetHeight: height } = tooltip
    const right = bounds.left + view.x + gap
    const fits = right + width <= window.innerWidth - margin
    const left = Math.max(margin, fits ? right : bounds.left + view.x - gap - width)
    const top = Math.max(margin, Math.min(bounds.top + layout.top + 4, window.innerHeight - margin - height))
    tooltip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  #place(x: number, layout: PlotLayout): void {
    const inside = x >= layout.left - 1 && x <= layout.right + 1
    this.#hairline.hidden = !inside
    if (!inside) return
    this.#hairline.style.transform = `translate(${Math.round(x)}px, ${layout.top}px)`
    this.#hairline.style.height = `${layout.bottom - layout.top}px`
  }

  #drawDots(view: CursorView): void {
    const dots = this.#dots
    dots.hidden = false
    while (dots.children.length < view.points.length) dots.append(document.createElement("i"))
    ;[...dots.children].forEach((dot, index) => {
      const shown = view.points[index]
      const style = (dot as HTMLElement).style
      const visible = shown !== undefined && Number.isFinite(shown.y)
      style.display = visible ? "" : "none"
      if (!visible) return
      style.borderColor = shown.colour
      style.transform = `translate(${view.x.toFixed(1)}px, ${shown.y.toFixed(1)}px) translate(-50%, -50%)`
    })
  }

  #closeTooltip(): void {
    if (this.#tooltip.hidden) return
    this.#tooltip.hidePopover?.()
    this.#tooltip.hidden = true
  }

  #fill(view: CursorView): void {
    const content = JSON.stringify([
      view.title,
      view.more,
      view.points.map((p) => [p.point.line.label, p.point.y, p.point.raw, p.colour])
    ])
    if (content === this.#content) return
    this.#content = content
    const rows = view.points.map(({ point, colour }) => {
      const row = document.createElement("div")
      row.className = "row"
      const square = document.createElement("span")
      square.className = "square"
      square.style.background = colour
      const name = text("span", "name middle", "")
      name.append(...splitMiddle(point.line.label).map((part) => text("span", "", part)))
      const raw = view.smoothed && Number.isFinite(point.raw) ? text("span", "raw", view.value(point.raw)) : ""
      row.append(square, name, raw, text("b", "", view.value(point.y)))
      return row
    })
    const more = view.more > 0 ? [text("div", "note", `${view.more} more`)] : []
    this.#tooltip.replaceChildren(text("div", "note", view.title), ...rows, ...more)
  }
}

const text = (tag: string, className: string, content: string): HTMLElement => {
  const node = document.createElement(tag)
  if (className !== "") node.className = className
  node.textContent = content
  return node
}
