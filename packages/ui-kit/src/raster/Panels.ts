/**
 * The charts of one thread and what is left to draw: the hovered one first, then what is visible, then what may soon be.
 * A chart that changes again before its turn is drawn once, in its newest state.
 */
import { Priority } from "../chart/PanelMessage.ts"
import { drawScene } from "./drawScene.ts"
import { Scene, type ScenePatch } from "./Scene.ts"
import { Surface } from "./Surface.ts"

/** What a panel draws onto; both kinds of canvas fit. */
export interface PanelCanvas {
  width: number
  height: number
  getContext(kind: "2d"): { putImageData(image: ImageData, x: number, y: number): void } | null
}

interface Panel {
  readonly canvas: PanelCanvas
  readonly scene: Scene
  priority: number
  patches: number
  drawn: boolean
}

export class Panels {
  readonly #panels = new Map<number, Panel>()
  readonly #waiting = new Set<number>()
  /** By size: all charts of a wall draw on one surface in turn. */
  readonly #surfaces = new Map<string, { readonly surface: Surface; readonly image: ImageData }>()

  open(id: number, canvas: PanelCanvas): void {
    this.#panels.set(id, { canvas, scene: new Scene(), priority: Priority.visible, patches: 0, drawn: false })
  }

  close(id: number): void {
    this.#panels.delete(id)
    this.#waiting.delete(id)
  }

  patch(id: number, patch: ScenePatch): void {
    const panel = this.#panels.get(id)
    if (panel === undefined) return
    panel.scene.apply(patch)
    panel.patches += 1
    // A chart that waits for its first lines has nothing to show: its canvas is clear as it is.
    if (panel.drawn || panel.scene.series.size > 0) this.#waiting.add(id)
  }

  prioritise(id: number, priority: number): void {
    const panel = this.#panels.get(id)
    if (panel !== undefined) panel.priority = priority
  }

  /** How many patches a panel has taken. */
  patches(id: number): number {
    return this.#panels.get(id)?.patches ?? 0
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Draws the most urgent panel and answers its id; null when nothing waits. */
  drawNext(): number | null {
    let next = -1
    let best = -1
    for (const id of this.#waiting) {
      const priority = this.#panels.get(id)!.priority
      if (priority > best) {
        best = priority
        next = id
      }
    }
    if (next < 0) return null
    this.#waiting.delete(next)
    this.#draw(this.#panels.get(next)!)
    return next
  }

  #draw(panel: Panel): void {
    const { canvas, scene } = panel
    const width = Math.round(scene.frame.width * scene.frame.ratio)
    const height = Math.round(scene.frame.height * scene.frame.ratio)
    if (width < 1 || height < 1) return
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    const { surface, image } = this.#surfaceOf(width, height)
    panel.drawn = true
    drawScene(scene, surface)
    surface.finish(new Uint32Array(image.data.buffer))
    canvas.getContext("2d")?.putImageData(image, 0, 0)
  }

  #surfaceOf(width: number, height: number) {
    const key = `${width}×${height}`
    const known = this.#surfaces.get(key)
    if (known !== undefined) return known
    // Sizes come and go while a window is resized; the last few are enough.
    if (this.#surfaces.size >= 4) this.#surfaces.delete(this.#surfaces.keys().next().value!)
    const made = { surface: new Surface(width, height), image: new ImageData(width, height) }
    this.#surfaces.set(key, made)
    return made
  }
}
