/** Where the pointer stands in a chart, by value of x: charts with the same x-axis draw one cursor together. */
export interface CursorPosition {
  /** `step`, `wall`, `relative` or the name of a metric. */
  readonly axis: string
  /** In units of the axis; null when the pointer has left. */
  readonly x: number | null
  /** The hovered run, so that the others can fade. */
  readonly run: string | null
  /** Who moved it; a listener skips its own moves. */
  readonly source: unknown
}

export class CursorBus {
  readonly #listeners = new Set<(position: CursorPosition) => void>()

  publish(position: CursorPosition): void {
    for (const listener of [...this.#listeners]) listener(position)
  }

  subscribe(listener: (position: CursorPosition) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
