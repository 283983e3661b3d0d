/**
 * One block of a column as bytes. Three forms: every run has a number (values only), dense (a kind and a value per run) and
 * sparse (position, kind and value of those that have one), whichever is smaller. Texts lie in a table of their own at the end.
 * `u8 version | u8 form | u16 count | … | u32 texts | (u32 length, UTF-8)*`, little-endian.
 */
import { runsPerBlock } from "../FieldIndex.ts"
import { type CellValue, flag, missing, numeric, textual } from "./Column.ts"

const version = 1
const numbers = 0
const dense = 1
const sparse = 2
const headBytes = 8

export type PageCells = Map<number, CellValue>

/** Bytes for the cells of one block, by position in it; empty for none. */
export const encodePage = (cells: PageCells): Uint8Array => {
  if (cells.size === 0) return new Uint8Array(0)
  const positions = [...cells.keys()].sort((a, b) => a - b)
  const codes = new Map<string, number>()
  const texts: Array<Uint8Array> = []
  const encoder = new TextEncoder()
  const numberOf = (value: CellValue): number => {
    if (typeof value !== "string") return Number(value)
    let code = codes.get(value)
    if (code === undefined) {
      code = texts.push(encoder.encode(value)) - 1
      codes.set(value, code)
    }
    return code
  }
  const values = positions.map((at) => numberOf(cells.get(at)!))
  const kinds = positions.map((at) => kindOf(cells.get(at)!))
  const form =
    cells.size === runsPerBlock && kinds.every((kind) => kind === numeric)
      ? numbers
      : cells.size * 11 < runsPerBlock * 9
        ? sparse
        : dense
  const cellBytes = form === numbers ? runsPerBlock * 8 : form === dense ? runsPerBlock * 9 : cells.size * 11
  const textBytes = texts.reduce((sum, text) => sum + 4 + text.length, 4)
  const body = new Uint8Array(headBytes + cellBytes + textBytes)
  const view = new DataView(body.buffer)
  view.setUint8(0, version)
  view.setUint8(1, form)
  view.setUint16(2, cells.size, true)
  // Doubles come first, so that they stay aligned to 8 bytes.
  const slots = form === sparse ? cells.size : runsPerBlock
  positions.forEach((at, index) => {
    const slot = form === sparse ? index : at
    view.setFloat64(headBytes + slot * 8, values[index]!, true)
    if (form === numbers) return
    body[headBytes + slots * 8 + slot] = kinds[index]!
    if (form === sparse) view.setUint16(headBytes + slots * 9 + slot * 2, at, true)
  })
  let at = headBytes + cellBytes
  view.setUint32(at, texts.length, true)
  at += 4
  for (const text of texts) {
    view.setUint32(at, text.length, true)
    body.set(text, at + 4)
    at += 4 + text.length
  }
  return body
}

const kindOf = (value: CellValue): number =>
  typeof value === "string" ? textual : typeof value === "boolean" ? flag : numeric

export interface DecodedPage {
  /** One entry per position in the block. */
  readonly kinds: Uint8Array
  /** Texts are indexes into `texts`. */
  readonly values: Float64Array
  readonly texts: ReadonlyArray<string>
}

/** Throws a `RangeError` for bytes that are no page. */
export const decodePage = (body: Uint8Array): DecodedPage => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  if (body.length < headBytes + 4 || view.getUint8(0) !== version) throw new RangeError("not a field page of version 1")
  const form = view.getUint8(1)
  const count = view.getUint16(2, true)
  const kinds = new Uint8Array(runsPerBlock)
  let values = new Float64Array(runsPerBlock)
  let at = headBytes
  if (form === sparse) {
    for (let index = 0; index < count; index++) {
      const position = view.getUint16(headBytes + count * 9 + index * 2, true)
      values[position] = view.getFloat64(headBytes + index * 8, true)
      kinds[position] = body[headBytes + count * 8 + index]!
    }
    at += count * 11
  } else {
    values = new Float64Array(body.slice(headBytes, headBytes + runsPerBlock * 8).buffer)
    at += runsPerBlock * 8
    if (form === numbers) kinds.fill(numeric)
    else {
      kinds.set(body.subarray(at, at + runsPerBlock))
      at += runsPerBlock
    }
  }
  const decoder = new TextDecoder()
  const texts = Array.from({ length: view.getUint32(at, true) }, () => "")
  at += 4
  for (let index = 0; index < texts.length; index++) {
    const length = view.getUint32(at, true)
    texts[index] = decoder.decode(body.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return { kinds, values, texts }
}

/** The cells of a page, by position. */
export const cellsOf = ({ kinds, values, texts }: DecodedPage): PageCells => {
  const cells: PageCells = new Map()
  for (let at = 0; at < runsPerBlock; at++) {
    const kind = kinds[at]!
    if (kind === missing) continue
    const value = values[at]!
    cells.set(at, kind === textual ? (texts[value] ?? "") : kind === flag ? value === 1 : value)
  }
  return cells
}
