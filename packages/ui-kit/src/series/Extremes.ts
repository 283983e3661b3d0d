/** Smallest and largest values by blocks of 64 points: the range of a window needs its two ragged ends and the blocks between. */
const block = 64

export class Extremes {
  readonly #low: Array<number> = []
  readonly #high: Array<number> = []
  readonly #positive: Array<number> = []
  #length = 0

  clear(): void {
    this.#length = 0
    this.#low.length = 0
    this.#high.length = 0
    this.#positive.length = 0
  }

  /** Takes in the points from where the last call ended up to `length`. */
  extend(low: Float64Array, high: Float64Array, length: number): void {
    for (let index = this.#length; index < length; index++) {
      const at = (index / block) | 0
      if (at === this.#low.length) {
        this.#low.push(Number.POSITIVE_INFINITY)
        this.#high.push(Number.NEGATIVE_INFINITY)
        this.#positive.push(Number.POSITIVE_INFINITY)
      }
      const down = low[index]!
      const up = high[index]!
      // Comparisons with NaN are false; the checks below only have to keep infinities out.
      if (down < this.#low[at]! && down > Number.NEGATIVE_INFINITY) this.#low[at] = down
      if (up > this.#high[at]! && up < Number.POSITIVE_INFINITY) this.#high[at] = up
      const smallest = down > 0 ? down : up
      if (smallest > 0 && smallest < this.#positive[at]!) this.#positive[at] = smallest
    }
    this.#length = length
  }

  between(
    low: Float64Array,
    high: Float64Array,
    from: number,
    to: number,
    positive: boolean
  ): readonly [number, number] {
    let down = Number.POSITIVE_INFINITY
    let up = Number.NEGATIVE_INFINITY
    const lows = positive ? this.#positive : this.#low
    let index = from
    while (index < to) {
      if (index % block === 0 && index + block <= to) {
        const at = index / block
        if (lows[at]! < down) down = lows[at]!
        if (this.#high[at]! > up) up = this.#high[at]!
        index += block
        continue
      }
      const bottom = low[index]!
      const top = high[index]!
      const smallest = positive ? (bottom > 0 ? bottom : top > 0 ? top : Number.NaN) : bottom
      if (smallest < down && smallest > Number.NEGATIVE_INFINITY) down = smallest
      if (top > up && top < Number.POSITIVE_INFINITY) up = top
      index += 1
    }
    return [down, up]
  }
}
