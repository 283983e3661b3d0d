/**
 * Series that are not numbers (text, histograms, records) rest in row groups: packed steps and times, and one body of offsets and
 * bytes that the host may compress. There are no cells: such series are listed, not drawn.
 */

import { ColumnArena } from "../column/ColumnArena.ts"
import { columnBytes, columnValues } from "../column/decodeColumn.ts"
import { encodeColumn } from "../column/encodeColumn.ts"
import { PackedBytes } from "../column/PackedBytes.ts"
import { padTo8 } from "../frame/frameFormat.ts"
import type { Histogram, Json, SeriesKind } from "../MetricQuery.ts"

export interface RowGroup {
  readonly kind: Exclude<SeriesKind, "number">
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly values: ReadonlyArray<string> | ReadonlyArray<Histogram> | ReadonlyArray<Json>
}

/** Raw deflate of the host (`zlib.deflateRawSync` and its inverse); core has none. */
export interface ByteCompression {
  readonly compress: (bytes: Uint8Array) => Uint8Array
  readonly decompress: (bytes: Uint8Array) => Uint8Array
}

const version = 1
const headBytes = 24
const kinds = ["text", "histogram", "record"] as const
const compressedFlag = 1 << 16
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Head: u32 version | kind << 8 | compressed << 16, u32 rows, u32 stored bytes, u32 0, u32 body bytes, u32 0; steps, times, body. */
export const encodeRowGroup = (group: RowGroup, compression?: ByteCompression): Uint8Array => {
  const rows = group.steps.length
  const texts = (group.values as ReadonlyArray<unknown>).map((value) =>
    encoder.encode(group.kind === "text" ? String(value) : JSON.stringify(value))
  )
  const size = texts.reduce((sum, text) => sum + text.length, 0)
  const body = new Uint8Array((rows + 1) * 4 + size)
  const offsets = new Uint32Array(body.buffer, 0, rows + 1)
  let at = 0
  for (let i = 0; i < rows; i++) {
    body.set(texts[i]!, (rows + 1) * 4 + at)
    at += texts[i]!.length
    offsets[i + 1] = at
  }
  const packed = compression?.compress(body)
  const stored = packed !== undefined && packed.length < body.length ? packed : body
  const arena = new ColumnArena()
  encodeColumn(arena, group.steps, 0, rows)
  encodeColumn(arena, group.times, 0, rows)
  const bytes = new Uint8Array(headBytes + arena.length + padTo8(stored.length))
  const head = new Uint32Array(bytes.buffer, 0, headBytes / 4)
  head[0] = version | (kinds.indexOf(group.kind) << 8) | (stored === body ? 0 : compressedFlag)
  head[1] = rows
  head[2] = stored.length
  head[4] = body.length
  bytes.set(arena.bytes(), headBytes)
  bytes.set(stored, headBytes + arena.length)
  return bytes
}

export const decodeRowGroup = (bytes: Uint8Array, compression?: ByteCompression): RowGroup => {
  const packed = new PackedBytes(bytes)
  const [head, rows, storedBytes] = packed.u32 as unknown as [number, number, number]
  if ((head & 255) !== version) throw new RangeError(`row group: version must be ${version}, got ${head & 255}`)
  const kind = kinds[(head >>> 8) & 255]
  if (kind === undefined) throw new RangeError(`row group: unknown kind ${(head >>> 8) & 255}`)
  const timesAt = headBytes + columnBytes(packed, headBytes)
  const bodyAt = timesAt + columnBytes(packed, timesAt)
  const stored = packed.u8.subarray(bodyAt, bodyAt + storedBytes)
  const compressed = (head & compressedFlag) !== 0
  if (compressed && compression === undefined)
    throw new RangeError("row group: compressed, and no decompression is given")
  const body = compressed ? compression!.decompress(stored) : stored
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const texts = Array.from({ length: rows }, (_, i) => {
    const base = (rows + 1) * 4
    return decoder.decode(body.subarray(base + view.getUint32(i * 4, true), base + view.getUint32(i * 4 + 4, true)))
  })
  const axis = { steps: columnValues(packed, headBytes), times: columnValues(packed, timesAt) }
  if (kind === "text") return { kind, ...axis, values: texts }
  if (kind === "histogram") return { kind, ...axis, values: texts.map((text) => JSON.parse(text) as Histogram) }
  return { kind, ...axis, values: texts.map((text) => JSON.parse(text) as Json) }
}
