/**
 * Anti-aliased lines of any width. A flat segment is drawn by columns, a steep one by rows: each crossing covers the stroke's
 * extent there exactly, with partial pixels at both ends.
 */
import type { Clip, Surface } from "./Surface.ts"

/** Gathers the coverage of the polyline through points `from` to before `to`. Coordinates and width are device pixels. */
export const strokeLine = (
  surface: Surface,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  width: number,
  clip: Clip
): void => {
  const thick = width > 2
  let wasSteep = false
  for (let index = from + 1; index < to; index++) {
    const x0 = x[index - 1]!
    const y0 = y[index - 1]!
    const x1 = x[index]!
    const y1 = y[index]!
    const steep = Math.abs(y1 - y0) >= Math.abs(x1 - x0)
    if (thick && index > from + 1 && steep !== wasSteep) stampDisc(surface, x0, y0, width / 2, clip)
    wasSteep = steep
    if (steep) steepSegment(surface, x0, y0, x1, y1, width, clip)
    else flatSegment(surface, x0, y0, x1, y1, width, clip)
  }
  if (to > from) {
    stampDisc(surface, x[from]!, y[from]!, width / 2, clip)
    stampDisc(surface, x[to - 1]!, y[to - 1]!, width / 2, clip)
  }
}

const flatSegment = (s: Surface, x0: number, y0: number, x1: number, y1: number, width: number, clip: Clip): void => {
  const slope = (y1 - y0) / (x1 - x0)
  const half = (width / 2) * Math.sqrt(1 + slope * slope)
  const first = Math.max(clip.left, Math.ceil(x0 - 0.5))
  const end = Math.min(clip.right, Math.ceil(x1 - 0.5))
  const { coverage, height } = s
  let centre = y0 + (first + 0.5 - x0) * slope
  for (let column = first; column < end; column++, centre += slope) {
    const a = Math.max(clip.top, centre - half)
    const e = Math.min(clip.bottom, centre + half)
    if (e <= a) continue
    const start = a | 0
    const last = e | 0
    const base = column * height
    if (start === last) raise(coverage, base + start, (e - a) * 255)
    else {
      raise(coverage, base + start, (start + 1 - a) * 255)
      for (let row = start + 1; row < last; row++) coverage[base + row] = 255
      if (e > last) raise(coverage, base + last, (e - last) * 255)
    }
    s.touch(column, start, Math.min(height, last + 1))
  }
}

const steepSegment = (s: Surface, x0: number, y0: number, x1: number, y1: number, width: number, clip: Clip): void => {
  if (y0 === y1) return
  const slope = (x1 - x0) / (y1 - y0)
  const half = (width / 2) * Math.sqrt(1 + slope * slope)
  const first = Math.max(clip.top, Math.ceil(Math.min(y0, y1) - 0.5))
  const end = Math.min(clip.bottom, Math.ceil(Math.max(y0, y1) - 0.5))
  if (end <= first) return
  const { coverage, height } = s
  let centre = x0 + (first + 0.5 - y0) * slope
  for (let row = first; row < end; row++, centre += slope) {
    const a = Math.max(clip.left, centre - half)
    const e = Math.min(clip.right, centre + half)
    if (e <= a) continue
    const start = a | 0
    const last = Math.min(e | 0, s.width - 1)
    if (start === last) raise(coverage, start * height + row, (e - a) * 255)
    else {
      raise(coverage, start * height + row, (start + 1 - a) * 255)
      for (let column = start + 1; column < last; column++) coverage[column * height + row] = 255
      raise(coverage, last * height + row, Math.min(1, e - last) * 255)
    }
    for (let column = start; column <= last; column++) s.touch(column, row, row + 1)
  }
}

/** A filled circle, also the round end of a stroke. */
export const stampDisc = (s: Surface, x: number, y: number, radius: number, clip: Clip): void => {
  const left = Math.max(clip.left, Math.floor(x - radius - 0.5))
  const right = Math.min(clip.right, Math.ceil(x + radius + 0.5))
  const top = Math.max(clip.top, Math.floor(y - radius - 0.5))
  const bottom = Math.min(clip.bottom, Math.ceil(y + radius + 0.5))
  if (!(bottom > top)) return
  for (let column = left; column < right; column++) {
    for (let row = top; row < bottom; row++) {
      const inside = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y)
      if (inside > 0) raise(s.coverage, column * s.height + row, Math.min(1, inside) * 255)
    }
    s.touch(column, top, bottom)
  }
}

/** A small triangle that points up or down, for values that have no place on the axis. */
export const stampTriangle = (s: Surface, x: number, y: number, size: number, up: boolean, clip: Clip): void => {
  const rows = Math.ceil(size)
  for (let step = 0; step < rows; step++) {
    const row = Math.floor(up ? y + step : y - step)
    if (row < clip.top || row >= clip.bottom) continue
    const half = ((step + 0.5) / rows) * size * 0.6
    const left = Math.max(clip.left, Math.floor(x - half))
    const right = Math.min(clip.right, Math.ceil(x + half))
    for (let column = left; column < right; column++) {
      const covered = Math.min(column + 1, x + half) - Math.max(column, x - half)
      if (covered <= 0) continue
      raise(s.coverage, column * s.height + row, covered * 255)
      s.touch(column, row, row + 1)
    }
  }
}

const raise = (coverage: Uint8Array, at: number, value: number): void => {
  if (value > coverage[at]!) coverage[at] = value
}
