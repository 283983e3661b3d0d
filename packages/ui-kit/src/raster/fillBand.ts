/** The area between two lines over the same x: minima and maxima of what each point stands for. */
import type { Clip, Surface } from "./Surface.ts"

/** Gathers the coverage of the area; points whose limits are not finite leave a gap. Coordinates are device pixels. */
export const fillBand = (
  surface: Surface,
  x: Float64Array,
  upper: Float64Array,
  lower: Float64Array,
  from: number,
  to: number,
  clip: Clip
): void => {
  for (let index = from + 1; index < to; index++) {
    const x0 = x[index - 1]!
    const x1 = x[index]!
    const [a0, a1, b0, b1] = [upper[index - 1]!, upper[index]!, lower[index - 1]!, lower[index]!]
    if (!Number.isFinite(a0 + a1 + b0 + b1)) continue
    const first = Math.max(clip.left, Math.ceil(x0 - 0.5))
    const end = Math.min(clip.right, Math.ceil(x1 - 0.5))
    const per = 1 / (x1 - x0)
    for (let column = first; column < end; column++) {
      const at = (column + 0.5 - x0) * per
      fillColumn(surface, column, a0 + (a1 - a0) * at, b0 + (b1 - b0) * at, clip)
    }
    // Several points in one column: none of their extremes may be lost.
    if (end <= first) {
      const column = Math.floor(x1)
      if (column >= clip.left && column < clip.right) fillColumn(surface, column, a1, b1, clip)
    }
  }
}

const fillColumn = (surface: Surface, column: number, upper: number, lower: number, clip: Clip): void => {
  const a = Math.max(clip.top, upper)
  const e = Math.min(clip.bottom, lower)
  if (e <= a) return
  const { coverage, height } = surface
  const base = column * height
  const start = a | 0
  const last = Math.min(e | 0, height - 1)
  if (start === last) coverage[base + start] = Math.max(coverage[base + start]!, (e - a) * 255)
  else {
    coverage[base + start] = Math.max(coverage[base + start]!, (start + 1 - a) * 255)
    coverage.fill(255, base + start + 1, base + last)
    coverage[base + last] = Math.max(coverage[base + last]!, Math.min(1, e - last) * 255)
  }
  surface.touch(column, start, last + 1)
}
