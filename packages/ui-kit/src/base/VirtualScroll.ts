/**
 * Scrolling through more rows than a page may hold: follows the scroller and the size of its element, and maps between the
 * scroll position and the place in the content, which differ where the content is taller than browsers scroll well.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Tallest box that browsers scroll well, px; beyond it the scroll position is scaled. */
const tallestPx = 8_000_000

/** Height of the box that stands for `content` px. */
export const boxHeight = (content: number): number => Math.min(content, tallestPx)

/** Place in the content, px, for a scroll position. */
export const contentOffset = (scrollTop: number, content: number): number =>
  content <= tallestPx ? scrollTop : scrollTop * (content / tallestPx)

/** Scroll position for a place in the content. */
export const scrollTopOf = (offset: number, content: number): number =>
  content <= tallestPx ? offset : offset * (tallestPx / content)

export class VirtualScroll implements ReactiveController {
  /** As last measured, px. */
  top = 0
  height = 400
  /** Of the host, px; 0 before it is laid out. */
  width = 0
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #changed: (why: "scroll" | "resize") => void
  readonly #resizes = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0)
    this.measure()
    this.#changed("resize")
  })

  /** `changed` hears of scrolling and of a new size, after the measures are taken. */
  constructor(host: ReactiveControllerHost & HTMLElement, changed: (why: "scroll" | "resize") => void) {
    this.#host = host
    this.#changed = changed
    host.addController(this)
  }

  hostConnected(): void {
    this.#resizes.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#resizes.disconnect()
  }

  /** Null while the host shows a message in its place. */
  get scroller(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(".scroller") ?? null
  }

  /** Takes the scroller's measures; true when they changed. */
  measure(): boolean {
    const { scroller, top, height } = this
    if (scroller === null) return false
    this.top = scroller.scrollTop
    this.height = scroller.clientHeight
    return top !== this.top || height !== this.height
  }

  /** For the scroller's `scroll` event. */
  readonly scrolled = (): void => {
    this.measure()
    this.#changed("scroll")
  }
}
