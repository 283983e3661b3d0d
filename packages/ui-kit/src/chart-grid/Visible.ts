/**
 * Which cells of a grid are worth a chart: those near the viewport. A cell gets its chart some screens before it is seen, a few
 * per frame, and loses it only far away, so that scrolling back and forth builds nothing twice.
 */
import { cancelFrame, onFrame } from "../chart/FrameLoop.ts"

const near = "1200px"
const far = "3600px"
const fewest = 4

/** A margin about the viewport, and about every scroller between it and the cells: one alone would cut at the scroller's edge. */
const around = (margin: string): IntersectionObserverInit & { readonly scrollMargin: string } => ({
  rootMargin: margin,
  scrollMargin: margin
})

export class Visible {
  readonly #changed: () => void
  readonly #keyOf = new WeakMap<Element, string>()
  readonly #observed = new Set<Element>()
  readonly #wanted = new Set<string>()
  readonly #shown = new Set<string>()
  #nearby: IntersectionObserver | null = null
  #faraway: IntersectionObserver | null = null

  constructor(changed: () => void) {
    this.#changed = changed
  }

  has(key: string): boolean {
    return this.#shown.has(key)
  }

  /** Takes the cells that are there now. */
  observe(cells: Iterable<Element>, keyOf: (cell: Element) => string): void {
    this.#nearby ??= new IntersectionObserver((entries) => this.#enter(entries), around(near))
    this.#faraway ??= new IntersectionObserver((entries) => this.#leave(entries), around(far))
    const now = new Set(cells)
    for (const cell of this.#observed) {
      if (now.has(cell)) continue
      this.#nearby.unobserve(cell)
      this.#faraway.unobserve(cell)
      this.#observed.delete(cell)
    }
    for (const cell of now) {
      this.#keyOf.set(cell, keyOf(cell))
      if (this.#observed.has(cell)) continue
      this.#observed.add(cell)
      this.#nearby.observe(cell)
      this.#faraway.observe(cell)
    }
  }

  disconnect(): void {
    this.#nearby?.disconnect()
    this.#faraway?.disconnect()
    this.#nearby = null
    this.#faraway = null
    this.#observed.clear()
    this.#shown.clear()
    this.#wanted.clear()
    cancelFrame(this.#build)
  }

  #enter(entries: ReadonlyArray<IntersectionObserverEntry>): void {
    for (const { isIntersecting, target } of entries) {
      const key = this.#keyOf.get(target)!
      if (!isIntersecting) this.#wanted.delete(key)
      else if (!this.#shown.has(key)) this.#wanted.add(key)
    }
    if (this.#wanted.size > 0) onFrame(this.#build)
  }

  #leave(entries: ReadonlyArray<IntersectionObserverEntry>): void {
    let left = false
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting && this.#shown.delete(this.#keyOf.get(target)!)) left = true
    }
    if (left) this.#changed()
  }

  readonly #build = (): void => {
    let built = 0
    // Where many wait (a first screen, a leap) fewer and larger steps are done sooner: each step lays the page out anew.
    const most = Math.max(fewest, Math.ceil(this.#wanted.size / 2))
    for (const key of this.#wanted) {
      this.#wanted.delete(key)
      this.#shown.add(key)
      built += 1
      if (built === most) break
    }
    if (built > 0) this.#changed()
    if (this.#wanted.size > 0) onFrame(this.#build)
  }
}
