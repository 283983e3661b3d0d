/**
 * One section of a decoded frame: rows that share a set of keys. Columns are views over the frame's bytes and are made when
 * asked for, so that a reader of one key pays for one key.
 */
import type { Histogram, Json, SeriesKind } from "../MetricQuery.ts"
import { columnType, padTo8, stepCodec, wallCodec } from "./frameFormat.ts"
import type { SectionLayout } from "./frameLayout.ts"
import { bitmapBytes, rowsOf } from "./rowBitmap.ts"

export type FrameColumn =
  | {
      readonly kind: "number"
      /** How it is written; `constant` has one value that holds for every row. */
      readonly encoding: "f64" | "f32" | "constant"
      readonly values: Float64Array | Float32Array
      /** Ascending rows that have a value, one for each of `values`; null when every row has one. */
      readonly rows: Uint32Array | null
    }
  | { readonly kind: "text"; readonly values: ReadonlyArray<string>; readonly rows: Uint32Array }
  | { readonly kind: "histogram"; readonly values: ReadonlyArray<Histogram>; readonly rows: Uint32Array }
  | { readonly kind: "record"; readonly values: ReadonlyArray<Json>; readonly rows: Uint32Array }

const utf8 = new TextDecoder()

const kinds: ReadonlyArray<SeriesKind> = [
  "number",
  "number",
  "number",
  "number",
  "text",
  "histogram",
  "record",
  "number"
]

export class FrameSection {
  readonly rows: number
  readonly keys: ReadonlyArray<string>
  /** Registered key set that the names came from; 0 when they stood in the frame. */
  readonly keyset: number
  /** Values in all columns. */
  readonly points: number
  readonly #bytes: Uint8Array
  readonly #layout: SectionLayout
  #steps: Float64Array | undefined
  #times: Float64Array | undefined

  /** `bytes` start at a multiple of eight. */
  constructor(bytes: Uint8Array, layout: SectionLayout, keys: ReadonlyArray<string>) {
    this.#bytes = bytes
    this.#layout = layout
    this.rows = layout.rows
    this.keys = keys
    this.keyset = layout.keyset
    this.points = layout.points
  }

  /** One step a row, in order of arrival. */
  get steps(): Float64Array {
    this.#steps ??= this.#axis(this.#layout.stepsAt, this.#layout.stepCodec === stepCodec.stride)
    return this.#steps
  }

  /** Unix milliseconds of each row. */
  get times(): Float64Array {
    this.#times ??= this.#axis(this.#layout.wallsAt, this.#layout.wallCodec === wallCodec.stride)
    return this.#times
  }

  kind(index: number): SeriesKind {
    return kinds[this.#bytes[this.#layout.typesAt + index]!]!
  }

  /** Number of values that key `index` has in this section. */
  count(index: number): number {
    const type = this.#bytes[this.#layout.typesAt + index]!
    return type <= columnType.constant ? this.rows : this.#word(this.#layout.columnsAt[index]!)
  }

  column(index: number): FrameColumn {
    const type = this.#bytes[this.#layout.typesAt + index]!
    const at = this.#layout.columnsAt[index]!
    switch (type) {
      case columnType.f64:
        return { kind: "number", encoding: "f64", values: this.#f64(at, this.rows), rows: null }
      case columnType.f32:
        return { kind: "number", encoding: "f32", values: this.#f32(at, this.rows), rows: null }
      case columnType.constant:
        return { kind: "number", encoding: "constant", values: this.#f64(at, 1), rows: null }
    }
    const count = this.#word(at)
    const bitmapLength = bitmapBytes(this.rows)
    const rows = rowsOf(this.#bytes.subarray(at + 8, at + 8 + bitmapLength), count)
    const body = at + 8 + padTo8(bitmapLength)
    switch (type) {
      case columnType.sparseF64:
        return { kind: "number", encoding: "f64", values: this.#f64(body, count), rows }
      case columnType.sparseF32:
        return { kind: "number", encoding: "f32", values: this.#f32(body, count), rows }
      case columnType.text:
        return { kind: "text", values: this.#texts(body, count), rows }
      case columnType.histogram:
        return { kind: "histogram", values: this.#histograms(body, count), rows }
      default:
        return { kind: "record", values: this.#texts(body, count).map((text) => JSON.parse(text) as Json), rows }
    }
  }

  /** Copies a number column's points to `steps`, `times`, `values` from `offset` on, and gives how many there were. */
  copyNumbers(index: number, steps: Float64Array, times: Float64Array, values: Float64Array, offset: number): number {
    const column = this.column(index)
    if (column.kind !== "number") return 0
    const { rows } = column
    if (rows === null) {
      steps.set(this.steps, offset)
      times.set(this.times, offset)
      if (column.encoding === "constant") values.fill(column.values[0]!, offset, offset + this.rows)
      else values.set(column.values, offset)
      return this.rows
    }
    for (let i = 0; i < rows.length; i++) {
      steps[offset + i] = this.steps[rows[i]!]!
      times[offset + i] = this.times[rows[i]!]!
    }
    values.set(column.values, offset)
    return rows.length
  }

  #axis(at: number, stride: boolean): Float64Array {
    if (!stride) return this.#f64(at, this.rows)
    const [start, increment] = this.#f64(at, 2) as unknown as [number, number]
    const out = new Float64Array(this.rows)
    for (let row = 0; row < out.length; row++) out[row] = start + row * increment
    return out
  }

  #texts(at: number, count: number): ReadonlyArray<string> {
    const offsets = this.#u32(at, count + 1)
    const body = this.#bytes.subarray(at + padTo8((count + 1) * 4))
    return Array.from({ length: count }, (_, i) => utf8.decode(body.subarray(offsets[i]!, offsets[i + 1]!)))
  }

  #histograms(at: number, count: number): ReadonlyArray<Histogram> {
    const offsets = this.#u32(at, count + 1)
    const body = at + padTo8((count + 1) * 4)
    return Array.from({ length: count }, (_, i) => {
      const length = offsets[i + 1]! - offsets[i]!
      const numbers = this.#f64(body + offsets[i]! * 8, length)
      const edges = (length + 1) / 2
      return { edges: Array.from(numbers.subarray(0, edges)), counts: Array.from(numbers.subarray(edges)) }
    })
  }

  #word(at: number): number {
    return this.#u32(at, 1)[0]!
  }

  #u32(at: number, count: number): Uint32Array {
    return new Uint32Array(this.#bytes.buffer, this.#bytes.byteOffset + at, count)
  }

  #f64(at: number, count: number): Float64Array {
    return new Float64Array(this.#bytes.buffer, this.#bytes.byteOffset + at, count)
  }

  #f32(at: number, count: number): Float32Array {
    return new Float32Array(this.#bytes.buffer, this.#bytes.byteOffset + at, count)
  }
}
