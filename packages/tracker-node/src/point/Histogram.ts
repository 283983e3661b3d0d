/** A distribution as a logged value: bin edges and counts. */

export class Histogram {
  /** Bin edges, one more than counts, ascending. */
  readonly edges: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>

  constructor(edges: ArrayLike<number>, counts: ArrayLike<number>) {
    this.edges = Array.from(edges)
    this.counts = Array.from(counts)
  }

  /**
   * Counts values into `bins` (default 64) equal bins between the smallest and the largest finite one.
   * Values that are not finite are left out.
   */
  static of(values: ArrayLike<number>, bins = 64): Histogram {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
    if (low > high) return new Histogram([0, 1], [0])
    // Equal values still need a bin of some width.
    const width = high > low ? (high - low) / bins : Math.max(Math.abs(low) * 1e-6, 1e-6)
    const counts = new Array<number>(bins).fill(0)
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (!Number.isFinite(value)) continue
      const bin = Math.min(bins - 1, Math.floor((value - low) / width))
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    const edges = Array.from({ length: bins + 1 }, (_, i) => low + i * width)
    if (high > low) edges[bins] = high
    return new Histogram(edges, counts)
  }

  /** Null when it can be stored, else the rule that it breaks. */
  fault(): string | null {
    if (this.edges.length !== this.counts.length + 1) return "a histogram has one more edge than counts"
    if (this.counts.length === 0 || this.counts.length > 4096) return "a histogram has 1 to 4,096 bins"
    for (let i = 0; i < this.edges.length; i++) {
      if (!Number.isFinite(this.edges[i])) return "edges must be finite"
      if (i > 0 && this.edges[i]! < this.edges[i - 1]!) return "edges must ascend"
    }
    return this.counts.every((count) => Number.isFinite(count) && count >= 0) ? null : "counts must be numbers from 0"
  }
}
