/**
 * Expressions that did not come to an end a moment ago. Pages ask again and again; without this each repeat would hold the
 * reader for half a second, and everyone who scans with it.
 */

const restMs = 10_000
const most = 256

export class EndlessPatterns {
  readonly #until = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  note(pattern: string): void {
    if (this.#until.size >= most) this.#until.delete(this.#until.keys().next().value as string)
    this.#until.set(pattern, this.#now() + restMs)
  }

  /** A busy machine may be to blame, so it is tried again after ten seconds. */
  has(pattern: string): boolean {
    const until = this.#until.get(pattern)
    if (until === undefined) return false
    if (until > this.#now()) return true
    this.#until.delete(pattern)
    return false
  }
}
