/**
 * Writes frames. Each number column takes the smallest exact form: one value for all rows, float32 where every value is one
 * (most of what frameworks log is), else float64.
 */
import type { Histogram, Json } from "../MetricQuery.ts"
import { frameChecksum } from "./frameChecksum.ts"
import {
  columnType,
  frameHeaderBytes,
  frameMagic,
  frameVersion,
  headerAt,
  padTo8,
  sectionAt,
  sectionHeaderBytes,
  stepCodec,
  wallCodec
} from "./frameFormat.ts"
import { bitmapBytes, setRow } from "./rowBitmap.ts"

/** Values of one key. `rows` (ascending, one for each value) is left out when every row has a value. */
export type ColumnInput =
  | {
      readonly kind: "number"
      readonly values: Float64Array
      /** How many of `values` count, from the first on. Default all; saves a view where a buffer is larger. */
      readonly count?: number | undefined
      readonly rows?: Uint32Array | undefined
    }
  | { readonly kind: "text"; readonly values: ReadonlyArray<string>; readonly rows?: Uint32Array | undefined }
  | { readonly kind: "histogram"; readonly values: ReadonlyArray<Histogram>; readonly rows?: Uint32Array | undefined }
  | { readonly kind: "record"; readonly values: ReadonlyArray<Json>; readonly rows?: Uint32Array | undefined }

export interface SectionInput {
  /** Distinct names that `keyNameFault` accepts. */
  readonly keys: ReadonlyArray<string>
  /** Id of the registered key set that `keys` is; the names are then left out of the frame. Default 0: names inline. */
  readonly keyset?: number | undefined
  /** One step and one time (Unix milliseconds) a row, in order of arrival. */
  readonly steps: Float64Array
  readonly times: Float64Array
  /** One column a key. */
  readonly columns: ReadonlyArray<ColumnInput>
}

interface Names {
  readonly lengths: Uint16Array
  readonly bytes: Uint8Array
}

interface Plan {
  readonly section: SectionInput
  readonly names: Names | null
  readonly stepStride: number
  readonly wallStride: number
  readonly types: Uint8Array
  readonly bodies: ReadonlyArray<Uint8Array | null>
  readonly byteLength: number
}

const encoder = new TextEncoder()
const encodedNames = new WeakMap<ReadonlyArray<string>, Names>()

/** A frame of these sections; none gives an empty frame, which is valid. Key arrays that come again are encoded once. */
export const encodeFrame = (sections: ReadonlyArray<SectionInput>): Uint8Array => {
  const plans = sections.map(planSection)
  let byteLength = frameHeaderBytes
  for (const plan of plans) byteLength += plan.byteLength
  const bytes = new Uint8Array(byteLength)
  const view = new DataView(bytes.buffer)
  view.setUint32(headerAt.magic, frameMagic, true)
  view.setUint16(headerAt.version, frameVersion, true)
  view.setUint32(headerAt.sections, sections.length, true)
  view.setUint32(headerAt.byteLength, byteLength, true)
  let at = frameHeaderBytes
  for (const plan of plans) {
    writeSection(bytes, view, at, plan)
    at += plan.byteLength
  }
  view.setUint32(headerAt.crc, frameChecksum(bytes), true)
  return bytes
}

const namesOf = (keys: ReadonlyArray<string>): Names => {
  const known = encodedNames.get(keys)
  if (known !== undefined && known.lengths.length === keys.length) return known
  const parts = keys.map((key) => encoder.encode(key))
  const lengths = Uint16Array.from(parts, (part) => part.length)
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  const names = { lengths, bytes }
  encodedNames.set(keys, names)
  return names
}

/** The increment when `start + row * increment` gives every value exactly, else NaN. */
const strideOf = (values: Float64Array): number => {
  const start = values[0]!
  const increment = values.length > 1 ? values[1]! - start : 0
  // -0 + 0 * x is +0, so a series that starts at -0 is written out.
  if (!Number.isFinite(increment) || Object.is(start, -0)) return Number.NaN
  for (let row = 1; row < values.length; row++) if (!Object.is(start + row * increment, values[row]!)) return Number.NaN
  return increment
}

const numberType = (values: Float64Array, count: number, sparse: boolean): number => {
  const first = values[0]!
  let constant = !sparse
  let single = true
  for (let i = 0; i < count; i++) {
    const value = values[i]!
    // NaN is a float32 too; `value === value` keeps it from ruling the column out.
    // biome-ignore lint/suspicious/noSelfCompare: cheaper than Number.isNaN in this loop
    if (single && Math.fround(value) !== value && value === value) single = false
    if (constant && value !== first) constant = false
    if (!single && !constant) break
  }
  // `===` takes -0 for 0: a constant zero is one only when the sign never changes.
  if (constant && first === 0) {
    for (let i = 1; i < count; i++) if (!Object.is(values[i], first)) constant = false
  }
  if (constant) return columnType.constant
  if (sparse) return single ? columnType.sparseF32 : columnType.sparseF64
  return single ? columnType.f32 : columnType.f64
}

const planSection = (section: SectionInput): Plan => {
  const rows = section.steps.length
  const names = (section.keyset ?? 0) === 0 ? namesOf(section.keys) : null
  const types = new Uint8Array(section.keys.length)
  const stepStride = strideOf(section.steps)
  const wallStride = strideOf(section.times)
  let byteLength = sectionHeaderBytes + padTo8(types.length)
  if (names !== null) byteLength += padTo8(names.lengths.byteLength) + padTo8(names.bytes.length)
  byteLength += Number.isNaN(stepStride) ? rows * 8 : 16
  byteLength += Number.isNaN(wallStride) ? rows * 8 : 16
  const sparseHead = 8 + padTo8(bitmapBytes(rows))
  const bodies = section.columns.map((column, index) => {
    if (column.kind === "number") {
      const count = column.count ?? column.values.length
      const type = numberType(column.values, count, column.rows !== undefined)
      types[index] = type
      if (type === columnType.constant) byteLength += 8
      else {
        const single = type === columnType.f32 || type === columnType.sparseF32
        byteLength += (column.rows === undefined ? 0 : sparseHead) + padTo8(count * (single ? 4 : 8))
      }
      return null
    }
    types[index] = columnType[column.kind]
    const body = column.kind === "histogram" ? histogramBody(column.values) : textBody(column.kind, column.values)
    byteLength += sparseHead + body.byteLength
    return body
  })
  return { section, names, stepStride, wallStride, types, bodies, byteLength }
}

const textBody = (kind: "text" | "record", values: ReadonlyArray<Json>): Uint8Array => {
  const parts = values.map((value) => encoder.encode(kind === "record" ? JSON.stringify(value) : String(value)))
  const head = padTo8((values.length + 1) * 4)
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const body = new Uint8Array(head + padTo8(size))
  const offsets = new Uint32Array(body.buffer, 0, values.length + 1)
  let at = 0
  for (let i = 0; i < parts.length; i++) {
    body.set(parts[i]!, head + at)
    at += parts[i]!.length
    offsets[i + 1] = at
  }
  return body
}

const histogramBody = (values: ReadonlyArray<Histogram>): Uint8Array => {
  const head = padTo8((values.length + 1) * 4)
  const size = values.reduce((sum, value) => sum + value.edges.length + value.counts.length, 0)
  const body = new Uint8Array(head + size * 8)
  const offsets = new Uint32Array(body.buffer, 0, values.length + 1)
  const numbers = new Float64Array(body.buffer, head, size)
  let at = 0
  for (let i = 0; i < values.length; i++) {
    const { edges, counts } = values[i]!
    numbers.set(edges, at)
    numbers.set(counts, at + edges.length)
    at += edges.length + counts.length
    offsets[i + 1] = at
  }
  return body
}

const writeAxis = (view: DataView, bytes: Uint8Array, at: number, values: Float64Array, stride: number): number => {
  if (Number.isNaN(stride)) {
    new Float64Array(bytes.buffer, at, values.length).set(values)
    return at + values.length * 8
  }
  view.setFloat64(at, values[0]!, true)
  view.setFloat64(at + 8, stride, true)
  return at + 16
}

const writeSection = (bytes: Uint8Array, view: DataView, start: number, plan: Plan): void => {
  const { section, names, types } = plan
  const rows = section.steps.length
  view.setUint32(start + sectionAt.keyset, section.keyset ?? 0, true)
  view.setUint32(start + sectionAt.rows, rows, true)
  view.setUint32(start + sectionAt.keys, types.length, true)
  view.setUint32(start + sectionAt.byteLength, plan.byteLength, true)
  view.setUint32(start + sectionAt.nameBytes, names?.bytes.length ?? 0, true)
  bytes[start + sectionAt.stepCodec] = Number.isNaN(plan.stepStride) ? stepCodec.each : stepCodec.stride
  bytes[start + sectionAt.wallCodec] = Number.isNaN(plan.wallStride) ? wallCodec.each : wallCodec.stride
  let at = start + sectionHeaderBytes
  if (names !== null) {
    new Uint16Array(bytes.buffer, at, names.lengths.length).set(names.lengths)
    at += padTo8(names.lengths.byteLength)
    bytes.set(names.bytes, at)
    at += padTo8(names.bytes.length)
  }
  bytes.set(types, at)
  at += padTo8(types.length)
  at = writeAxis(view, bytes, at, section.steps, plan.stepStride)
  at = writeAxis(view, bytes, at, section.times, plan.wallStride)
  section.columns.forEach((column, index) => {
    at = writeColumn(bytes, view, at, rows, column, types[index]!, plan.bodies[index]!)
  })
}

const writeColumn = (
  bytes: Uint8Array,
  view: DataView,
  start: number,
  rows: number,
  column: ColumnInput,
  type: number,
  body: Uint8Array | null
): number => {
  let at = start
  if (type === columnType.constant && column.kind === "number") {
    view.setFloat64(at, column.values[0]!, true)
    return at + 8
  }
  if (type > columnType.constant) {
    const bitmap = bytes.subarray(at + 8, at + 8 + bitmapBytes(rows))
    const count = (column.kind === "number" ? column.count : undefined) ?? column.values.length
    view.setUint32(at, count, true)
    if (column.rows === undefined) for (let row = 0; row < rows; row++) setRow(bitmap, row)
    else for (const row of column.rows) setRow(bitmap, row)
    at += 8 + padTo8(bitmap.length)
  }
  if (column.kind !== "number" || body !== null) {
    if (body === null) return at
    const count = column.values.length
    view.setUint32(start + 4, new Uint32Array(body.buffer, body.byteOffset, count + 1)[count]!, true)
    bytes.set(body, at)
    return at + body.length
  }
  const count = column.count ?? column.values.length
  const values = count === column.values.length ? column.values : column.values.subarray(0, count)
  if (type === columnType.f32 || type === columnType.sparseF32) {
    new Float32Array(bytes.buffer, at, values.length).set(values)
    return at + padTo8(values.length * 4)
  }
  new Float64Array(bytes.buffer, at, values.length).set(values)
  return at + values.length * 8
}
