/** Reads `application/vnd.wanllmdb.columns`, also in pieces that end anywhere. */
import type { BucketSeries } from "../../metric/MetricQuery.ts"
import type { RunId } from "../../run/Run.ts"
import { columnNames, constant, float32, float64, headerBytes, magic, padded, sameAs } from "./columnsFormat.ts"

const utf8 = new TextDecoder()

type Columns = { -readonly [Name in (typeof columnNames)[number]]: Float64Array }

const damaged = (what: string) => new TypeError(`Binary columns are damaged: ${what}`)

const readColumn = (bytes: Uint8Array, at: number, n: number, code: number): Float64Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  if (code === constant) return new Float64Array(n).fill(view.getFloat64(0, true))
  // Copied through the constructor: `slice` of a Node Buffer is a view of its pool.
  const part = new Uint8Array(bytes.subarray(at, at + (code === float64 ? n * 8 : n * 4))).buffer
  if (code === float64) return new Float64Array(part)
  return Float64Array.from(code === float32 ? new Float32Array(part) : new Uint32Array(part))
}

/** One whole block. */
export const decodeColumns = (bytes: Uint8Array): BucketSeries => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic) throw damaged("no block starts here")
  if (view.getUint32(4, true) !== bytes.length) throw damaged("length")
  const n = view.getUint32(8, true)
  const keyAt = headerBytes + view.getUint16(12, true)
  const end = keyAt + view.getUint16(14, true)
  const columns: Partial<Columns> = {}
  let at = padded(end)
  for (const [i, name] of columnNames.entries()) {
    const code = bytes[32 + i]!
    if (code >= sameAs) {
      const twin = columnNames[code - sameAs]
      const column = twin === undefined ? undefined : columns[twin]
      if (column === undefined) throw damaged(`column ${name}`)
      columns[name] = column
      continue
    }
    const size = code === constant ? 8 : code === float64 ? n * 8 : padded(n * 4)
    if (at + size > bytes.length) throw damaged(`column ${name}`)
    columns[name] = readColumn(bytes, at, n, code)
    at += size
  }
  return {
    // The server wrote ids that it made.
    run: utf8.decode(bytes.subarray(headerBytes, keyAt)) as RunId,
    key: utf8.decode(bytes.subarray(keyAt, end)),
    ...(columns as Columns),
    width: view.getFloat64(16, true),
    cursor: view.getFloat64(24, true)
  }
}

/** Every series of a body, each as soon as its last byte is there. */
export async function* readColumns(parts: AsyncIterable<Uint8Array>): AsyncGenerator<BucketSeries> {
  let rest = new Uint8Array(0)
  for await (const part of parts) {
    const bytes: Uint8Array = rest.length === 0 ? part : joined(rest, part)
    let at = 0
    while (bytes.length - at >= 8) {
      const size = new DataView(bytes.buffer, bytes.byteOffset + at, 8).getUint32(4, true)
      if (size < headerBytes) throw damaged("length")
      if (bytes.length - at < size) break
      yield decodeColumns(bytes.subarray(at, at + size))
      at += size
    }
    rest = new Uint8Array(bytes.subarray(at))
  }
  if (rest.length > 0) throw damaged("the body ends within a block")
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
