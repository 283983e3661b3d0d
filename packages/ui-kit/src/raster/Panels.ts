/**
 * The charts of one thread and what is left to draw: the hovered one first, then what is visible, then what may soon be.
 * A chart that changes again before its turn is drawn once, in its newest state.
 */
import { type PanelImage, Priority } from "../chart/PanelMessage.ts"
import { drawScene } from "./drawScene.ts"
import { Scene, type ScenePatch } from "./Scene.ts"
import { Surface } from "./Surface.ts"

interface Panel {
  readonly scene: Scene
  priority: number
  patches: number
  drawn: boolean
}

/** Buffers that wait to be drawn on again: more than a screen of charts sends per frame is not worth its memory. */
const mostSpare = 24

export class Panels {
  readonly #panels = new Map<number, Panel>()
  readonly #waiting = new Set<number>()
  /** By size: all charts of a wall draw on one surface in turn. */
  readonly #surfaces = new Map<string, Surface>()
  #spare: Array<ArrayBuffer> = []

  open(id: number): void {
    this.#panels.set(id, { scene: new Scene(), priority: Priority.visible, patches: 0, drawn: false })
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

  /** Takes back the pixels of an image, to be drawn on again. */
  reuse(pixels: ArrayBuffer): void {
    if (this.#spare.length < mostSpare) this.#spare.push(pixels)
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Draws the most urgent panel; null when nothing waits, or what waits has no room to be drawn in. */
  drawNext(): PanelImage | null {
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
    const panel = this.#panels.get(next)!
    const { scene } = panel
    const width = Math.round(scene.frame.width * scene.frame.ratio)
    const height = Math.round(scene.frame.height * scene.frame.ratio)
    if (width < 1 || height < 1) return null
    const surface = this.#surfaceOf(width, height)
    const pixels = this.#buffer(width * height * 4)
    panel.drawn = true
    drawScene(scene, surface)
    surface.finish(new Uint32Array(pixels))
    return { id: next, patches: panel.patches, width, height, pixels }
  }

  #buffer(bytes: number): ArrayBuffer {
    const at = this.#spare.findIndex(({ byteLength }) => byteLength === bytes)
    if (at >= 0) return this.#spare.splice(at, 1)[0]!
    // None of the spare ones fits: charts have another size by now.
    if (this.#spare.length === mostSpare) this.#spare = []
    return new ArrayBuffer(bytes)
  }

  #surfaceOf(width: number, height: number): Surface {
    const key = `${width}×${height}`
    const known = this.#surfaces.get(key)
    if (known !== undefined) return known
    // Sizes come and go while a window is resized; the last few are enough.
    if (this.#surfaces.size >= 4) this.#surfaces.delete(this.#surfaces.keys().next().value!)
    const made = new Surface(width, height)
    this.#surfaces.set(key, made)
    return made
  }
}
