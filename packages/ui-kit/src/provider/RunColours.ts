/**
 * One colour a run, the same in every element. A run prefers the slot its id hashes to, so that it mostly keeps its
 * colour between visits; a taken slot is passed over, and past ten runs hues follow the golden angle.
 */
const slots = 10

const hash = (text: string): number => {
  let value = 2166136261
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619)
  return value >>> 0
}

/** A colour of even lightness that keeps 3:1 on both grounds; hues of neighbours are far apart. */
const generated = (index: number): string => {
  const hue = ((index * 137.508) % 360).toFixed(1)
  return `light-dark(oklch(0.55 0.14 ${hue}), oklch(0.75 0.12 ${hue}))`
}

export class RunColours {
  readonly #slotOf = new Map<string, number>()
  readonly #chosen = new Map<string, string>()
  readonly #taken = new Set<number>()
  readonly #listeners = new Set<() => void>()

  /** A CSS colour, such as `var(--wl-s3)`. The first question about a run decides. */
  colourOf(run: string): string {
    const chosen = this.#chosen.get(run)
    if (chosen !== undefined) return chosen
    const slot = this.#slotOf.get(run) ?? this.#take(run)
    return slot < slots ? `var(--wl-s${slot + 1})` : generated(slot)
  }

  /** Overrides the colour of a run; null gives it its own back. */
  choose(run: string, colour: string | null): void {
    if (colour === null) this.#chosen.delete(run)
    else this.#chosen.set(run, colour)
    for (const listener of [...this.#listeners]) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(run: string): number {
    const preferred = hash(run) % slots
    let slot = preferred
    for (let tries = 0; tries < slots && this.#taken.has(slot); tries++) slot = (slot + 1) % slots
    if (this.#taken.has(slot)) {
      slot = slots
      while (this.#taken.has(slot)) slot = Math.max(slot + 1, this.#taken.size)
    }
    this.#taken.add(slot)
    this.#slotOf.set(run, slot)
    return slot
  }
}
