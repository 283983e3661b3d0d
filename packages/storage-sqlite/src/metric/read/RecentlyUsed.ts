/** Keeps what was used last, up to a number of bytes. */

interface Entry<A> {
  readonly value: A
  readonly bytes: number
}

export class RecentlyUsed<A> {
  readonly #limitBytes: number
  /** Least recently used first. */
  readonly #entries = new Map<number, Entry<A>>()
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  get(key: number): A | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Adds what `get` did not find. Something larger than the limit is not kept. */
  add(key: number, value: A, bytes: number): void {
    if (bytes > this.#limitBytes) return
    this.#entries.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) break
      this.#entries.delete(oldest)
      this.#bytes -= entry.bytes
    }
  }
}
