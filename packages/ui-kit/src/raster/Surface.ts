/**
 * A picture being drawn. Both buffers are stored by columns, because lines of charts are tall and thin: what one column of a
 * stroke touches then lies side by side in memory. A stroke first gathers coverage (the most that any of its parts covers a
 * pixel), then is laid over the picture once, so joints of half-transparent lines do not darken.
 */
export class Surface {
  readonly width: number
  readonly height: number
  /** Premultiplied, one byte each of alpha, blue, green, red from the top bit down. */
  readonly pixels: Uint32Array
  /** 0 to 255 per pixel; all zero between strokes. */
  readonly coverage: Uint8Array
  /** First and one past the last row that the current stroke touched in each column. */
  readonly top: Int32Array
  readonly bottom: Int32Array
  left: number
  right = 0

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
    this.coverage = new Uint8Array(width * height)
    this.top = new Int32Array(width).fill(height)
    this.bottom = new Int32Array(width)
    this.left = width
  }

  clear(): void {
    this.pixels.fill(0)
  }

  /** Lays the gathered coverage over the picture in one colour (`0xBBGGRR`) and starts a new stroke. */
  composite(colour: number, opacity: number): void {
    const { pixels, coverage, top, bottom, height } = this
    const scale = Math.round(opacity * 256)
    const redBlue = colour & 0xff00ff
    const alphaGreen = 0xff0000 | ((colour >>> 8) & 0xff)
    const solid = (0xff000000 | colour) >>> 0
    for (let column = this.left; column < this.right; column++) {
      const start = column * height
      const end = start + bottom[column]!
      for (let at = start + top[column]!; at < end; at++) {
        const covered = coverage[at]!
        if (covered === 0) continue
        coverage[at] = 0
        const alpha = ((covered + (covered >> 7)) * scale) >> 8
        if (alpha >= 256) {
          pixels[at] = solid
          continue
        }
        const under = pixels[at]!
        const rest = 256 - alpha
        const rb = ((Math.imul(under & 0xff00ff, rest) + Math.imul(redBlue, alpha)) >>> 8) & 0xff00ff
        const ag = (Math.imul((under >>> 8) & 0xff00ff, rest) + Math.imul(alphaGreen, alpha)) & 0xff00ff00
        pixels[at] = (rb | ag) >>> 0
      }
      top[column] = height
      bottom[column] = 0
    }
    this.left = this.width
    this.right = 0
  }

  /** Marks rows of a column as touched. */
  touch(column: number, from: number, to: number): void {
    if (from < this.top[column]!) this.top[column] = from
    if (to > this.bottom[column]!) this.bottom[column] = to
    if (column < this.left) this.left = column
    if (column >= this.right) this.right = column + 1
  }

  /** Writes the picture by rows with straight alpha, as `ImageData` and PNG want it. */
  finish(into: Uint32Array): void {
    const { pixels, width, height } = this
    for (let column = 0; column < width; column++) {
      let to = column
      const end = (column + 1) * height
      for (let at = column * height; at < end; at++, to += width) {
        const pixel = pixels[at]!
        const alpha = pixel >>> 24
        if (alpha === 0 || alpha === 255) {
          into[to] = pixel
          continue
        }
        const by = unpremultiply[alpha]!
        const red = Math.min(255, ((pixel & 255) * by + 0.5) | 0)
        const green = Math.min(255, (((pixel >>> 8) & 255) * by + 0.5) | 0)
        const blue = Math.min(255, (((pixel >>> 16) & 255) * by + 0.5) | 0)
        into[to] = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
      }
    }
  }
}

const unpremultiply = Float64Array.from({ length: 256 }, (_, alpha) => (alpha === 0 ? 0 : 255 / alpha))

/** A part of a surface, in device pixels; `right` and `bottom` are outside. */
export interface Clip {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
