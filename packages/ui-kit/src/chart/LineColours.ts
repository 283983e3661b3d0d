/**
 * CSS colours of lines as the numbers that the rasteriser draws with. Resolving a colour makes the browser compute styles, so
 * what one chart resolved serves all charts under the same theme.
 */
import { readColour } from "../theme/readColour.ts"
import { afterFrame } from "./FrameLoop.ts"

const byTheme = new Map<string, Map<string, number>>()

/** Of the frame under way, by the shadow root that charts stand in: a wall of charts asks for styles once, not by turns. */
const inFrame = new Map<Node, string>()

/** `probe` shows two of the theme's colours itself (`.probe` of the chart's styles), so nothing is added to read them. */
const signatureOf = (probe: HTMLElement): string => {
  const own = probe.getRootNode()
  const around = own instanceof ShadowRoot ? own.host.getRootNode() : own
  const known = inFrame.get(around)
  if (known !== undefined) return known
  const style = getComputedStyle(probe)
  const tokens = Array.from({ length: 10 }, (_, index) => style.getPropertyValue(`--wl-s${index + 1}`))
  const signature = [style.color, style.backgroundColor, ...tokens].join(" ")
  // Parts of a document may have themes of their own.
  if (around instanceof ShadowRoot) {
    inFrame.set(around, signature)
    afterFrame(forget)
  }
  return signature
}

const forget = (): void => inFrame.clear()

export class LineColours {
  readonly #probe: HTMLElement
  #known: Map<string, number> | null = null

  /** `probe` stands where the colours are used, and takes children for a moment. */
  constructor(probe: HTMLElement) {
    this.#probe = probe
  }

  /** Forgets what was read; for when the theme changed. */
  refresh(): void {
    this.#known = null
  }

  /** `0xBBGGRR`. */
  packed(colour: string): number {
    if (this.#known === null) {
      const signature = signatureOf(this.#probe)
      this.#known = byTheme.get(signature) ?? new Map()
      byTheme.set(signature, this.#known)
    }
    const known = this.#known.get(colour)
    if (known !== undefined) return known
    const [red, green, blue] = readColour(this.#probe, colour)
    const value = (blue << 16) | (green << 8) | red
    this.#known.set(colour, value)
    return value
  }
}
