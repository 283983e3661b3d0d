/**
 * Decides whether bytes from outside are a frame that a store may keep: header, checksum, lengths, counts, names, steps, times,
 * and the values that have a form (bitmaps, text, histograms, records). Never throws, whatever the bytes are.
 */

import type { KeysetResolver } from "./decodeFrame.ts"
import { FrameError, type FrameFault } from "./FrameFault.ts"
import { frameChecksum } from "./frameChecksum.ts"
import { alignedBytes, columnType, headerAt, maxStep, padTo8, stepCodec, wallCodec } from "./frameFormat.ts"
import { frameLayout, type SectionLayout } from "./frameLayout.ts"
import { inlineNames } from "./inlineNames.ts"
import { isTooDeep, recordDepthRule } from "./recordDepth.ts"
import { bitmapBytes, countRows } from "./rowBitmap.ts"

export type FrameCheck =
  | {
      readonly ok: true
      readonly points: number
      readonly rows: number
      /** Columns over all sections; a key counts once a section. */
      readonly keys: number
      readonly sections: number
      /** JSON records among the points, which watchers of media wait for. */
      readonly records: number
    }
  | ({ readonly ok: false } & FrameFault)

export interface FrameCheckOptions {
  /** Gives the names of registered key sets. Without it, sections with a key set are refused. */
  readonly keysets?: KeysetResolver | undefined
}

/**
 * Constant columns and strides unpack to any size, so a few hundred bytes could keep a store busy for seconds, and stores weigh
 * frames by their bytes. Real batches are far below: their values differ.
 */
export const maxFramePoints = 4_194_304
const freePoints = 262_144
const pointsPerByte = 8

const strict = new TextDecoder("utf-8", { fatal: true })

export const checkFrame = (bytes: Uint8Array, options: FrameCheckOptions = {}): FrameCheck => {
  try {
    const aligned = alignedBytes(bytes)
    const sections = frameLayout(aligned)
    const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength)
    if (frameChecksum(aligned) !== view.getUint32(headerAt.crc, true)) {
      throw new FrameError("the checksum must be the CRC-32 of the frame", headerAt.crc)
    }
    const mostPoints = Math.min(maxFramePoints, freePoints + aligned.byteLength * pointsPerByte)
    let points = 0
    let rows = 0
    let keys = 0
    let records = 0
    for (const section of sections) {
      points += section.points
      rows += section.rows
      if (Math.max(points, rows) > mostPoints) {
        throw new FrameError(`a frame of ${aligned.byteLength} bytes holds at most ${mostPoints} points`, section.at)
      }
      checkSection(aligned, view, section, options)
      keys += section.keys
      records += countRecords(aligned, view, section)
    }
    return { ok: true, points, rows, keys, sections: sections.length, records }
  } catch (error) {
    if (error instanceof FrameError) return { ok: false, rule: error.rule, offset: error.offset }
    throw error
  }
}

const checkSection = (bytes: Uint8Array, view: DataView, section: SectionLayout, options: FrameCheckOptions): void => {
  if (section.keyset === 0) inlineNames(bytes, section)
  else {
    const names = options.keysets?.(section.keyset) ?? null
    if (names === null) throw new FrameError(`key set ${section.keyset} is not registered`, section.at)
    if (names.length !== section.keys) throw new FrameError("a section has as many columns as its key set", section.at)
    if (section.nameBytes !== 0) throw new FrameError("a section with a key set has no names", section.at)
  }
  const { rows, stepsAt, wallsAt } = section
  if (section.stepCodec === stepCodec.stride) {
    const start = view.getFloat64(stepsAt, true)
    const last = start + (rows - 1) * view.getFloat64(stepsAt + 8, true)
    if (!isStep(start) || !isStep(last)) throw new FrameError(stepRule, stepsAt)
  } else {
    const steps = new Float64Array(bytes.buffer, bytes.byteOffset + stepsAt, rows)
    for (let row = 0; row < rows; row++) if (!isStep(steps[row]!)) throw new FrameError(stepRule, stepsAt + row * 8)
  }
  if (section.wallCodec === wallCodec.stride) {
    const start = view.getFloat64(wallsAt, true)
    const last = start + (rows - 1) * view.getFloat64(wallsAt + 8, true)
    if (!Number.isFinite(start) || !Number.isFinite(last)) throw new FrameError(timeRule, wallsAt)
  } else {
    const times = new Float64Array(bytes.buffer, bytes.byteOffset + wallsAt, rows)
    for (let row = 0; row < rows; row++) {
      if (!Number.isFinite(times[row]!)) throw new FrameError(timeRule, wallsAt + row * 8)
    }
  }
  for (let key = 0; key < section.keys; key++) {
    const type = bytes[section.typesAt + key]!
    if (type > columnType.constant) checkSparse(bytes, view, section.columnsAt[key]!, rows, type)
  }
}

const countRecords = (bytes: Uint8Array, view: DataView, section: SectionLayout): number => {
  let count = 0
  for (let key = 0; key < section.keys; key++) {
    if (bytes[section.typesAt + key] === columnType.record) count += view.getUint32(section.columnsAt[key]!, true)
  }
  return count
}

const stepRule = "a step is finite and at most 2^53 in size"
const timeRule = "a time is a finite number of milliseconds"

const isStep = (step: number): boolean => step >= -maxStep && step <= maxStep

const checkSparse = (bytes: Uint8Array, view: DataView, at: number, rows: number, type: number): void => {
  const count = view.getUint32(at, true)
  const size = view.getUint32(at + 4, true)
  const bitmap = bytes.subarray(at + 8, at + 8 + bitmapBytes(rows))
  if (countRows(bitmap) !== count) throw new FrameError("a column's bitmap has one bit for each of its values", at + 8)
  if (rows % 8 !== 0 && bitmap[bitmap.length - 1]! >> (rows % 8) !== 0) {
    throw new FrameError("a column's bitmap has no bits beyond the last row", at + 8)
  }
  if (type === columnType.sparseF64 || type === columnType.sparseF32) {
    if (size !== 0) throw new FrameError("a sparse column's second word must be 0", at + 4)
    return
  }
  const offsetsAt = at + 8 + padTo8(bitmap.length)
  const offsets = new Uint32Array(bytes.buffer, bytes.byteOffset + offsetsAt, count + 1)
  if (offsets[0] !== 0 || offsets[count] !== size) throw new FrameError("offsets run from 0 to the size", offsetsAt)
  const body = offsetsAt + padTo8((count + 1) * 4)
  for (let i = 0; i < count; i++) {
    const from = offsets[i]!
    const to = offsets[i + 1]!
    if (to < from || to > size) throw new FrameError("offsets ascend to the size", offsetsAt + i * 4)
    if (type === columnType.histogram) checkHistogram(bytes, body + from * 8, to - from)
    else checkText(bytes.subarray(body + from, body + to), body + from, type === columnType.record)
  }
}

const checkText = (bytes: Uint8Array, at: number, json: boolean): void => {
  let text: string
  try {
    text = strict.decode(bytes)
  } catch {
    throw new FrameError("a text is valid UTF-8", at)
  }
  if (!json) return
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    throw new FrameError("a record is a JSON document", at)
  }
  if (isTooDeep(record)) throw new FrameError(recordDepthRule, at)
}

const checkHistogram = (bytes: Uint8Array, at: number, length: number): void => {
  if (length < 3 || length % 2 === 0) throw new FrameError("a histogram has n + 1 edges and n counts, n at least 1", at)
  const numbers = new Float64Array(bytes.buffer, bytes.byteOffset + at, length)
  const edges = (length + 1) / 2
  for (let i = 0; i < edges; i++) {
    if (!Number.isFinite(numbers[i]!) || (i > 0 && numbers[i]! <= numbers[i - 1]!)) {
      throw new FrameError("histogram edges are finite and ascend", at + i * 8)
    }
  }
  for (let i = edges; i < length; i++) {
    if (!(numbers[i]! >= 0 && numbers[i]! < Number.POSITIVE_INFINITY)) {
      throw new FrameError("histogram counts are finite and not negative", at + i * 8)
    }
  }
}
