/**
 * One block of a column as bytes, in whichever form fits: `same` (every run has the same value), `numbers` (every run has a
 * number), `dense` (a value and a kind per run) or `sparse` (value, kind and position of those that have one). Texts lie in a
 * table at the end. `u8 version | u8 form | u16 count | u32 0 | values | kinds | positions | u32 texts | (u32 length, UTF-8)*`,
 * little-endian.
 */
import { runsPerBlock } from "../FieldIndex.ts"
import { missing, numeric, textual } from "./Column.ts"

const version = 1
const form = { numbers: 0, dense: 1, sparse: 2, same: 3 } as const
const headBytes = 8

export interface PageContent {
  /** One entry per position in the block. */
  readonly kinds: Uint8Array
  /** Texts are indexes into `texts`. */
  readonly values: Float64Array
  readonly texts: ReadonlyArray<string>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The texts that are in use, each with its new code. */
const usedTexts = ({ kinds, values, texts }: PageContent) => {
  const codes = new Map<number, number>()
  const encoded: Array<Uint8Array> = []
  for (let at = 0; at < runsPerBlock; at++) {
    if (kinds[at] !== textual || codes.has(values[at]!)) continue
    codes.set(values[at]!, encoded.push(encoder.encode(texts[values[at]!] ?? "")) - 1)
  }
  return { codes, encoded }
}

const positionsOf = (kinds: Uint8Array): Uint16Array => {
  const positions = new Uint16Array(runsPerBlock)
  let count = 0
  for (let at = 0; at < runsPerBlock; at++) if (kinds[at] !== missing) positions[count++] = at
  return positions.subarray(0, count)
}

const isSame = ({ kinds, values }: PageContent): boolean => {
  for (let at = 1; at < runsPerBlock; at++) {
    if (kinds[at] !== kinds[0] || !Object.is(values[at], values[0])) return false
  }
  return true
}

const formOf = (content: PageContent, count: number): number => {
  if (count < runsPerBlock) return count * 11 < runsPerBlock * 9 ? form.sparse : form.dense
  if (isSame(content)) return form.same
  return content.kinds.every((kind) => kind === numeric) ? form.numbers : form.dense
}

/** Bytes of a page; none for a page without any value. */
export const encodePage = (content: PageContent): Uint8Array => {
  const { kinds, values } = content
  const present = positionsOf(kinds)
  if (present.length === 0) return new Uint8Array(0)
  const { codes, encoded } = usedTexts(content)
  const chosen = formOf(content, present.length)
  const slots = chosen === form.sparse ? present.length : chosen === form.same ? 1 : runsPerBlock
  const kindBytes = chosen === form.numbers ? 0 : slots
  const positionBytes = chosen === form.sparse ? slots * 2 : 0
  const textBytes = encoded.reduce((sum, text) => sum + 4 + text.length, 4)
  const body = new Uint8Array(headBytes + slots * 8 + kindBytes + positionBytes + textBytes)
  const view = new DataView(body.buffer)
  view.setUint8(0, version)
  view.setUint8(1, chosen)
  view.setUint16(2, present.length, true)
  for (let slot = 0; slot < slots; slot++) {
    const at = chosen === form.sparse ? present[slot]! : slot
    const value = kinds[at] === textual ? codes.get(values[at]!)! : values[at]!
    view.setFloat64(headBytes + slot * 8, value, true)
    if (kindBytes > 0) body[headBytes + slots * 8 + slot] = kinds[at]!
    if (positionBytes > 0) view.setUint16(headBytes + slots * 9 + slot * 2, at, true)
  }
  let at = headBytes + slots * 8 + kindBytes + positionBytes
  view.setUint32(at, encoded.length, true)
  at += 4
  for (const text of encoded) {
    view.setUint32(at, text.length, true)
    body.set(text, at + 4)
    at += 4 + text.length
  }
  return body
}

/** The content of a page, in arrays of the caller's own. Throws a `RangeError` for bytes that are no page. */
export const decodePage = (body: Uint8Array): PageContent => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  if (body.length < headBytes + 4 || view.getUint8(0) !== version) throw new RangeError("not a field page of version 1")
  const chosen = view.getUint8(1)
  const count = view.getUint16(2, true)
  const slots = chosen === form.sparse ? count : chosen === form.same ? 1 : runsPerBlock
  const kindsAt = headBytes + slots * 8
  const numbers = new Float64Array(body.slice(headBytes, kindsAt).buffer)
  const tags = chosen === form.numbers ? null : body.subarray(kindsAt, kindsAt + slots)
  let at = kindsAt + (tags === null ? 0 : slots)
  let kinds = new Uint8Array(runsPerBlock)
  let values = numbers
  if (chosen === form.sparse) {
    values = new Float64Array(runsPerBlock)
    for (let slot = 0; slot < count; slot++) {
      const position = view.getUint16(at + slot * 2, true)
      values[position] = numbers[slot]!
      kinds[position] = tags![slot]!
    }
    at += count * 2
  } else if (chosen === form.same) {
    values = new Float64Array(runsPerBlock).fill(numbers[0]!)
    kinds.fill(tags![0]!)
  } else if (tags === null) kinds.fill(numeric)
  else kinds = tags.slice()
  const texts = Array.from({ length: view.getUint32(at, true) }, () => "")
  at += 4
  for (let index = 0; index < texts.length; index++) {
    const length = view.getUint32(at, true)
    texts[index] = decoder.decode(body.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return { kinds, values, texts }
}
