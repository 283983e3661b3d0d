/** Writes one bucket series as a block of `application/vnd.wanllmdb.columns`. */
import type { BucketSeries } from "../../metric/MetricQuery.ts"
import { columnNames, constant, float32, float64, headerBytes, magic, padded, sameAs, uint32 } from "./columnsFormat.ts"

const utf8 = new TextEncoder()

const sameBits = (a: Float64Array, b: Float64Array): boolean => {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}

const isConstant = (values: Float64Array): boolean => {
  const first = values[0]
  for (let i = 1; i < values.length; i++) if (!Object.is(values[i], first)) return false
  return true
}

const fitsFloat32 = (values: Float64Array): boolean => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    if (Math.fround(value) !== value) return false
  }
  return true
}

const fitsUint32 = (values: Float64Array): boolean => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >>> 0 !== value || Object.is(value, -0)) return false
  }
  return true
}

const codeOf = (column: Float64Array, before: ReadonlyArray<Float64Array>): number => {
  if (column.length === 0) return float64
  if (isConstant(column)) return constant
  const twin = before.findIndex((other) => sameBits(other, column))
  if (twin >= 0) return sameAs + twin
  if (fitsUint32(column)) return uint32
  return fitsFloat32(column) ? float32 : float64
}

const bytesOf = (code: number, n: number): number => {
  if (code >= sameAs) return 0
  return code === constant ? 8 : code === float64 ? n * 8 : padded(n * 4)
}

/** One block; blocks may follow each other in any order and number. NaN keeps no payload bits. */
export const encodeColumns = (series: BucketSeries): Uint8Array<ArrayBuffer> => {
  const n = series.x.length
  const columns = columnNames.map((name) => series[name])
  const codes = columns.map((column, i) => codeOf(column, columns.slice(0, i)))
  const run = utf8.encode(series.run)
  const key = utf8.encode(series.key)
  const start = padded(headerBytes + run.length + key.length)
  const total = codes.reduce((sum, code) => sum + bytesOf(code, n), start)
  const bytes = new Uint8Array(total)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, total, true)
  view.setUint32(8, n, true)
  view.setUint16(12, run.length, true)
  view.setUint16(14, key.length, true)
  view.setFloat64(16, series.width, true)
  view.setFloat64(24, series.cursor, true)
  bytes.set(codes, 32)
  bytes.set(run, headerBytes)
  bytes.set(key, headerBytes + run.length)
  let at = start
  for (const [i, code] of codes.entries()) {
    const column = columns[i]!
    // Typed arrays write in the machine's order; every platform that runs JavaScript engines of today is little-endian.
    if (code === constant) view.setFloat64(at, column[0]!, true)
    else if (code === float64) new Float64Array(bytes.buffer, at, n).set(column)
    else if (code === float32) new Float32Array(bytes.buffer, at, n).set(column)
    else if (code === uint32) new Uint32Array(bytes.buffer, at, n).set(column)
    at += bytesOf(code, n)
  }
  return bytes
}
