/** Who draws the lines of charts: one worker for the whole page, or the page itself where a worker cannot be had. */
import type { Panels } from "../raster/Panels.ts"
import type { ScenePatch } from "../raster/Scene.ts"
import { afterFrame, onFrame } from "./FrameLoop.ts"
import type { PanelImage, PanelMessage } from "./PanelMessage.ts"
import { showImage } from "./showImage.ts"

export interface PanelListener {
  /** After each image on the canvas, with the number of patches that it shows. */
  readonly drawn?: ((patches: number) => void) | undefined
  /** The renderer broke (its worker did not load): the canvas is to be opened again, on `inlineRenderer()`. */
  readonly lost?: (() => void) | undefined
}

export interface ChartRenderer {
  /** Keeps a canvas up to date with the patches to come. */
  open(canvas: HTMLCanvasElement, listener?: PanelListener): number
  patch(id: number, patch: ScenePatch): void
  /** One of `Priority`. */
  prioritise(id: number, priority: number): void
  close(id: number): void
}

interface Opened {
  readonly canvas: HTMLCanvasElement
  readonly listener: PanelListener
}

const mostSpent = 24

class WorkerRenderer implements ChartRenderer {
  readonly #worker: Worker
  readonly #open = new Map<number, Opened>()
  #batch: Array<PanelMessage> = []
  /** Pixels of images that are on screen; they go back with the next batch. */
  #spent: Array<ArrayBuffer> = []
  #next = 1

  constructor(worker: Worker, broken: () => void) {
    this.#worker = worker
    worker.onmessage = (event: MessageEvent<PanelImage>) => this.#show(event.data)
    worker.onerror = () => {
      worker.terminate()
      broken()
      const lost = [...this.#open.values()]
      this.#open.clear()
      for (const { listener } of lost) listener.lost?.()
    }
  }

  open(canvas: HTMLCanvasElement, listener: PanelListener = {}): number {
    const id = this.#next++
    this.#open.set(id, { canvas, listener })
    this.#queue({ type: "open", id })
    return id
  }

  patch(id: number, patch: ScenePatch): void {
    this.#queue({ type: "patch", id, patch })
  }

  prioritise(id: number, priority: number): void {
    this.#queue({ type: "priority", id, priority })
  }

  close(id: number): void {
    this.#open.delete(id)
    this.#queue({ type: "close", id })
  }

  #show(image: PanelImage): void {
    const opened = this.#open.get(image.id)
    if (opened !== undefined) {
      showImage(opened.canvas, image)
      opened.listener.drawn?.(image.patches)
    }
    this.#spent.push(image.pixels)
    if (this.#spent.length > mostSpent) this.#spent.shift()
  }

  #queue(message: PanelMessage): void {
    if (this.#batch.length === 0) afterFrame(this.#flush)
    this.#batch.push(message)
  }

  readonly #flush = (): void => {
    const spent = this.#spent
    const batch = [...spent.map((pixels): PanelMessage => ({ type: "spent", pixels })), ...this.#batch]
    this.#batch = []
    this.#spent = []
    this.#worker.postMessage(batch, spent)
  }
}

/** How much of a frame drawing may take where it shares the thread with everything else. */
const budgetMs = 8

class InlineRenderer implements ChartRenderer {
  #panels: Panels | null = null
  /** What was asked before the rasteriser was there. */
  #early: Array<(panels: Panels) => void> = []
  readonly #open = new Map<number, Opened>()
  #next = 1

  constructor() {
    // Only pages without a worker need the rasteriser themselves.
    void import("../raster/Panels.ts").then(({ Panels }) => {
      const panels = new Panels()
      this.#panels = panels
      for (const act of this.#early) act(panels)
      this.#early = []
      onFrame(this.#draw)
    })
  }

  open(canvas: HTMLCanvasElement, listener: PanelListener = {}): number {
    const id = this.#next++
    this.#open.set(id, { canvas, listener })
    this.#act((panels) => panels.open(id))
    return id
  }

  patch(id: number, patch: ScenePatch): void {
    this.#act((panels) => panels.patch(id, patch))
    onFrame(this.#draw)
  }

  prioritise(id: number, priority: number): void {
    this.#act((panels) => panels.prioritise(id, priority))
  }

  close(id: number): void {
    this.#act((panels) => panels.close(id))
    this.#open.delete(id)
  }

  #act(act: (panels: Panels) => void): void {
    if (this.#panels === null) this.#early.push(act)
    else act(this.#panels)
  }

  readonly #draw = (): void => {
    const panels = this.#panels
    if (panels === null) return
    const start = performance.now()
    while (panels.waiting > 0 && performance.now() - start < budgetMs) {
      const image = panels.drawNext()
      if (image === null) continue
      const opened = this.#open.get(image.id)
      panels.reuse(image.pixels)
      if (opened === undefined) continue
      showImage(opened.canvas, image)
      opened.listener.drawn?.(image.patches)
    }
    if (panels.waiting > 0) onFrame(this.#draw)
  }
}

let inline: ChartRenderer | null = null
const byUrl = new Map<string, ChartRenderer>()

/** Draws on the calling thread. */
export const inlineRenderer = (): ChartRenderer => {
  inline ??= new InlineRenderer()
  return inline
}

const startWorker = (workerUrl: string | null): Worker =>
  // Written out in full, because bundlers look for exactly this expression to find the worker's file. Our own build, which
  // joins modules into chunks beside the `chart` folder, puts `./chart/worker.js` in its place (tsup.config.ts).
  workerUrl === null
    ? new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "wanllmdb charts" })
    : new Worker(workerUrl, { type: "module", name: "wanllmdb charts" })

/**
 * The renderer of this page. `workerUrl` is for hosts whose bundler or policy needs another address. Where no worker can be
 * made (an old browser, a policy, a script from another origin) the page draws by itself.
 */
export const chartRenderer = (workerUrl: string | null = null): ChartRenderer => {
  const key = workerUrl ?? ""
  const known = byUrl.get(key)
  if (known !== undefined) return known
  let renderer: ChartRenderer | null = null
  try {
    if (typeof Worker !== "undefined") {
      renderer = new WorkerRenderer(startWorker(workerUrl), () => byUrl.set(key, inlineRenderer()))
    }
  } catch {
    // A SecurityError: inline it is.
  }
  renderer ??= inlineRenderer()
  byUrl.set(key, renderer)
  return renderer
}
