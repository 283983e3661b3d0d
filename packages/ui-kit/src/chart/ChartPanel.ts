/**
 * One canvas and what its renderer has been told so far. Series that only grew are sent as their new points, so a live chart
 * costs the size of its deltas.
 */
import type { ScenePatch } from "../raster/Scene.ts"
import type { ChartSeries } from "../series/ChartSeries.ts"
import { type ChartRenderer, inlineRenderer } from "./ChartRenderer.ts"
import { Priority } from "./PanelMessage.ts"

interface Sent {
  readonly series: ChartSeries
  epoch: number
  length: number
}

export class ChartPanel {
  #canvas = document.createElement("canvas")
  #renderer: ChartRenderer
  #id: number
  readonly #sent = new Map<string, Sent>()
  readonly #lost: () => void
  readonly #drawn: () => void
  #patches = 0

  /** `drawn` hears of every picture of the newest state; `lost` when everything must be sent again, on a new canvas. */
  constructor(parent: Element, renderer: ChartRenderer, drawn: () => void, lost: () => void) {
    this.#renderer = renderer
    this.#lost = lost
    this.#drawn = drawn
    this.#canvas.setAttribute("part", "line-layer")
    this.#canvas.style.visibility = "hidden"
    // A canvas in a changed page is handed over only after that page's layout: first handed over, then put there.
    this.#id = renderer.open(this.#canvas, { drawn: this.#pictured, lost: () => this.#reopen(parent) })
    parent.append(this.#canvas)
  }

  get canvas(): HTMLCanvasElement {
    return this.#canvas
  }

  /** Brings the renderer's copy of the series up to date. Answers the part of a patch that does so. */
  difference(series: ReadonlyMap<string, ChartSeries>): ScenePatch {
    const put: Array<{ id: string; data: ReturnType<ChartSeries["data"]> }> = []
    const append: Array<{ id: string; data: ReturnType<ChartSeries["data"]> }> = []
    const drop: Array<string> = []
    for (const id of this.#sent.keys()) {
      if (series.has(id)) continue
      drop.push(id)
      this.#sent.delete(id)
    }
    for (const [id, one] of series) {
      const sent = this.#sent.get(id)
      if (sent === undefined || sent.series !== one || sent.epoch !== one.epoch) put.push({ id, data: one.data() })
      else if (one.length > sent.length) append.push({ id, data: one.data(sent.length) })
      else continue
      this.#sent.set(id, { series: one, epoch: one.epoch, length: one.length })
    }
    return {
      ...(put.length > 0 ? { put } : {}),
      ...(append.length > 0 ? { append } : {}),
      ...(drop.length > 0 ? { drop } : {})
    }
  }

  patch(patch: ScenePatch): void {
    this.#patches += 1
    this.#renderer.patch(this.#id, patch)
  }

  prioritise(priority: number): void {
    this.#renderer.prioritise(this.#id, priority)
  }

  /** Off the screen the picture is kept up to date, after those that are seen, but the page does not show it. */
  show(near: boolean): void {
    this.#canvas.style.visibility = near ? "" : "hidden"
    this.prioritise(near ? Priority.visible : Priority.prefetch)
  }

  close(): void {
    this.#renderer.close(this.#id)
    this.#canvas.remove()
  }

  readonly #pictured = (patches: number): void => {
    if (patches === this.#patches) this.#drawn()
  }

  #reopen(parent: Element): void {
    const canvas = this.#canvas.cloneNode() as HTMLCanvasElement
    this.#canvas.remove()
    this.#canvas = canvas
    parent.append(canvas)
    this.#sent.clear()
    this.#patches = 0
    this.#renderer = inlineRenderer()
    this.#id = this.#renderer.open(canvas, { drawn: this.#pictured })
    this.#lost()
  }
}
