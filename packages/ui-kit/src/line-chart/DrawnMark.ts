/**
 * Says on the outside of a chart that its lines, as finely as they were asked for, are on screen: the attribute `drawn` while
 * it is so, and a call each time it becomes so. Printing, pictures of pages and tests wait for it.
 */
import type { ChartState } from "./ChartState.ts"

export class DrawnMark {
  readonly #host: HTMLElement
  readonly #told: () => void
  #drawn = false

  constructor(host: HTMLElement, told: () => void) {
    this.#host = host
    this.#told = told
  }

  /** To be called with every new state: one that still loads takes the mark away. */
  follow({ status, refining }: ChartState): void {
    if (this.#drawn && (status !== "ready" || refining)) this.#set(false)
  }

  /** A picture of `state` is on screen. */
  pictured({ status, refining }: ChartState): void {
    if (this.#drawn || status !== "ready" || refining) return
    this.#set(true)
    this.#told()
  }

  forget(): void {
    if (this.#drawn) this.#set(false)
  }

  #set(drawn: boolean): void {
    this.#drawn = drawn
    this.#host.toggleAttribute("drawn", drawn)
  }
}
