/**
 * Grid and labels, changed in place. While people zoom, this runs for every chart in every frame, so nodes are kept, only
 * what differs is written, and labels move by `transform`, which needs no layout.
 */
import type { Tick } from "../scale/ticks.ts"
import { labelWidth, type PlotLayout } from "./plotLayout.ts"

interface Label {
  readonly node: HTMLElement
  text: string
  place: string
}

class Labels {
  readonly #parent: HTMLElement
  readonly #labels: Array<Label> = []
  #shown = 0

  constructor(parent: HTMLElement) {
    this.#parent = parent
  }

  begin(): void {
    this.#shown = 0
  }

  /** `x` is the left edge, or with `ends` the right edge from the right side of the plot box; null hides. */
  put(text: string, x: number, y: number, ends = false): void {
    let label = this.#labels[this.#shown]
    if (label === undefined) {
      label = { node: document.createElement("span"), text: "", place: "" }
      this.#labels.push(label)
      this.#parent.append(label.node)
    }
    this.#shown += 1
    if (label.text !== text) {
      label.node.textContent = text
      label.text = text
    }
    const place = `${x}px ${y}px`
    if (label.place !== place) {
      label.node.style.cssText = `${ends ? "right" : "left"}:${x}px;top:${y}px`
      label.place = place
    }
  }

  end(): void {
    for (const label of this.#labels.slice(this.#shown)) {
      if (label.place === "hidden") continue
      label.node.style.cssText = "display:none"
      label.place = "hidden"
    }
  }
}

export class AxisLayer {
  readonly #x: Labels
  readonly #y: Labels
  readonly #grid: SVGPathElement
  #path = ""

  constructor(x: HTMLElement, y: HTMLElement, grid: SVGPathElement) {
    this.#x = new Labels(x)
    this.#y = new Labels(y)
    this.#grid = grid
  }

  /** `xAt` and `yAt` turn values into pixels of the plot box. */
  draw(
    layout: PlotLayout,
    xTicks: ReadonlyArray<Tick>,
    yTicks: ReadonlyArray<Tick>,
    xAt: (value: number) => number,
    yAt: (value: number) => number
  ): void {
    let path = ""
    this.#y.begin()
    for (const { value, label } of yTicks) {
      const y = Math.round(yAt(value)) + 0.5
      path += `M${layout.left} ${y}H${layout.right}`
      this.#y.put(label, layout.width - layout.left + 6, y - 8.5, true)
    }
    this.#y.end()
    if (path !== this.#path) {
      this.#grid.setAttribute("d", path)
      this.#path = path
    }
    this.#x.begin()
    let free = Number.NEGATIVE_INFINITY
    for (const { value, label } of xTicks) {
      const width = labelWidth(label)
      const centred = xAt(value) - width / 2
      const left = Math.min(layout.width - width - 2, Math.max(layout.left - 4, centred))
      if (left < free) continue
      free = left + width + 8
      this.#x.put(label, Math.round(left * 10) / 10, layout.bottom + 4)
    }
    this.#x.end()
  }
}
