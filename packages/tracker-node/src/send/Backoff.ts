/** Waits that grow with each failure, spread at random so that a hundred clients do not return in one moment. */

const firstMs = 250
const mostMs = 30_000

export class Backoff {
  readonly #random: () => number
  #failures = 0

  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /** Milliseconds to wait after one more failure; never less than what the server asked for. */
  next(askedMs: number | null): number {
    const ceiling = Math.min(mostMs, firstMs * 2 ** this.#failures++)
    const ownMs = ceiling * (0.5 + this.#random() / 2)
    return askedMs === null ? ownMs : Math.max(ownMs, askedMs + this.#random() * firstMs)
  }

  reset(): void {
    this.#failures = 0
  }
}
