/**
 * One canvas and what its renderer has been told so far. Series that only grew are sent as their new points, so a live chart
 * costs the size of its deltas.
 */
import type { ScenePatch } from "../raster/Scene.ts"
import type { ChartSeries } from "../series/ChartSeries.ts"
import { type ChartRenderer, inlineRenderer } from "./ChartRenderer.ts"

interface Sent {
  readonly series: ChartSeries
  epoch: number
  length: number
}

export class ChartPanel {
  readonly canvas = document.createElement("canvas")
  #renderer: ChartRenderer
  #id: number
  readonly #sent = new Map<string, Sent>()
  readonly #lost: () => void
  readonly #drawn: () => void
  #patches = 0

  /** `drawn` hears of every picture of the newest state; `lost` when everything must be sent again. */
  constructor(parent: Element, renderer: ChartRenderer, drawn: () => void, lost: () => void) {
    this.#renderer = renderer
    this.#lost = lost
    this.#drawn = drawn
    this.canvas.setAttribute("part", "line-layer")
    this.#id = renderer.open(this.canvas, { drawn: this.#pictured, lost: () => this.#reopen() })
    parent.append(this.canvas)
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

  close(): void {
    this.#renderer.close(this.#id)
    this.canvas.remove()
  }

  readonly #pictured = (patches: number): void => {
    if (patches === this.#patches) this.#drawn()
  }

  #reopen(): void {
    this.#sent.clear()
    this.#patches = 0
    this.#renderer = inlineRenderer()
    this.#id = this.#renderer.open(this.canvas, { drawn: this.#pictured })
    this.#lost()
  }
}
