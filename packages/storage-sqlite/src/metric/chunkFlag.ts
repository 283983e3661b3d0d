/** Bits of `metric_chunk.flags`. */
export const chunkFlag = {
  /** Two rows share a step. */
  repeats: 1,
  /** The values were dropped by retention; the statistics are left. */
  dropped: 2
} as const
