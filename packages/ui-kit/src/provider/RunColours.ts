/**
 * One colour a run, the same in every element. The first ten runs that are asked for take the ten series colours in order;
 * further hues follow the golden angle. A host that stores `entries()` gives runs the same colours on the next visit.
 */
const slots = 10

/** A colour of even lightness that keeps 3:1 on both grounds; hues of neighbours are far apart. */
const generated = (index: number): string => {
  const hue = ((index * 137.508) % 360).toFixed(1)
  return `light-dark(oklch(0.55 0.14 ${hue}), oklch(0.75 0.12 ${hue}))`
}

export class RunColours {
  readonly #slotOf: Map<string, number>
  readonly #chosen = new Map<string, string>()
  readonly #listeners = new Set<() => void>()
  #next: number

  /** `known` is what an earlier `entries()` gave. */
  constructor(known: Iterable<readonly [run: string, slot: number]> = []) {
    this.#slotOf = new Map(known)
    this.#next = Math.max(-1, ...this.#slotOf.values()) + 1
  }

  /** A CSS colour, such as `var(--wl-s3)`. The first question about a run decides. */
  colourOf(run: string): string {
    const chosen = this.#chosen.get(run)
    if (chosen !== undefined) return chosen
    let slot = this.#slotOf.get(run)
    if (slot === undefined) {
      slot = this.#next++
      this.#slotOf.set(run, slot)
    }
    return slot < slots ? `var(--wl-s${slot + 1})` : generated(slot)
  }

  /** Overrides the colour of a run; null gives it its own back. */
  choose(run: string, colour: string | null): void {
    if (colour === null) this.#chosen.delete(run)
    else this.#chosen.set(run, colour)
    for (const listener of [...this.#listeners]) listener()
  }

  /** Which run has which slot, oldest first. */
  entries(): ReadonlyArray<readonly [run: string, slot: number]> {
    return [...this.#slotOf]
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
