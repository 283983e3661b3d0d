/** The UCI handwritten digits: 1,797 images of 8 × 8 pixels, split by seed into a training and a validation part. */
import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import type { Random } from "./random.ts"

export const pixels = 64
export const classes = 10

export interface Samples {
  readonly count: number
  /** `count` × 64, scaled to 0…1. */
  readonly images: Float32Array
  readonly labels: Uint8Array
}

export const loadDigits = (): Samples => {
  const file = new URL("../data/digits.csv.gz", import.meta.url)
  const lines = gunzipSync(readFileSync(file)).toString("latin1").trim().split("\n")
  const images = new Float32Array(lines.length * pixels)
  const labels = new Uint8Array(lines.length)
  for (const [row, line] of lines.entries()) {
    const cells = line.split(",")
    for (let i = 0; i < pixels; i++) images[row * pixels + i] = Number(cells[i]) / 16
    labels[row] = Number(cells[pixels])
  }
  return { count: lines.length, images, labels }
}

/** Shuffles and takes `share` of the images apart for validation. */
export const split = (all: Samples, share: number, random: Random): { train: Samples; validation: Samples } => {
  const order = random.shuffle(Uint32Array.from({ length: all.count }, (_, i) => i))
  const held = Math.round(all.count * share)
  return { train: pick(all, order.subarray(held)), validation: pick(all, order.subarray(0, held)) }
}

export const pick = (from: Samples, rows: Uint32Array): Samples => {
  const images = new Float32Array(rows.length * pixels)
  const labels = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    images.set(from.images.subarray(row * pixels, (row + 1) * pixels), i * pixels)
    labels[i] = from.labels[row]!
  }
  return { count: rows.length, images, labels }
}
