/**
 * Frames may name a registered key set in place of their keys. Stores keep frames as received and never look anything up, so
 * names are put in once, when a frame comes in.
 */
import type { KeysetResolver } from "./decodeFrame.ts"
import { frameChecksum } from "./frameChecksum.ts"
import { alignedBytes, frameHeaderBytes, headerAt, padTo8, sectionAt, sectionHeaderBytes } from "./frameFormat.ts"

const encoder = new TextEncoder()
/** A section of a few bytes may stand for a hundred thousand long names; what a store keeps is no longer than a body may be. */
const mostBytes = 64 * 1024 * 1024

/** Calls `visit` with each section's start, end and key set, as far as the lengths of the frame make sense. */
const eachSection = (bytes: Uint8Array, visit: (at: number, end: number, keyset: number) => void): void => {
  if (bytes.byteLength < frameHeaderBytes) return
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sections = view.getUint32(headerAt.sections, true)
  let at = frameHeaderBytes
  for (let index = 0; index < sections && at + sectionHeaderBytes <= bytes.byteLength; index++) {
    const length = view.getUint32(at + sectionAt.byteLength, true)
    if (length < sectionHeaderBytes) return
    visit(at, at + length, view.getUint32(at + sectionAt.keyset, true))
    at += length
  }
}

/** Key sets that the frame names, each once. Costs next to nothing where there are none; never throws, whatever the bytes are. */
export const keysetsOf = (frame: Uint8Array): ReadonlyArray<number> => {
  let found: Set<number> | undefined
  eachSection(frame, (_at, _end, keyset) => {
    if (keyset === 0) return
    found ??= new Set()
    found.add(keyset)
  })
  return found === undefined ? [] : [...found]
}

/**
 * The same frame with every name inline, or null where that is longer than 64 MiB. `frame` was accepted by `checkFrame` with
 * the same resolver.
 */
export const inlineKeysets = (frame: Uint8Array, keysets: KeysetResolver): Uint8Array | null => {
  const bytes = alignedBytes(frame)
  const parts: Array<Uint8Array> = [bytes.slice(0, frameHeaderBytes)]
  const blocks = new Map<number, NameBlock>()
  let size = frameHeaderBytes
  eachSection(bytes, (at, end, keyset) => {
    const names = keyset === 0 ? null : keysets(keyset)
    const section = bytes.subarray(at, end)
    if (names === null) parts.push(section)
    else {
      const block = blocks.get(keyset) ?? nameBlock(names)
      blocks.set(keyset, block)
      parts.push(...sectionWithNames(section, block))
      size += block.bytes.length
    }
    size += section.length
  })
  if (size > mostBytes) return null
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  const view = new DataView(whole.buffer)
  view.setUint32(headerAt.byteLength, whole.length, true)
  view.setUint32(headerAt.crc, frameChecksum(whole), true)
  return whole
}

interface NameBlock {
  /** Lengths, then names, each padded. */
  readonly bytes: Uint8Array
  readonly nameBytes: number
}

const nameBlock = (names: ReadonlyArray<string>): NameBlock => {
  const encoded = names.map((name) => encoder.encode(name))
  const nameBytes = encoded.reduce((size, name) => size + name.length, 0)
  let at = padTo8(names.length * 2)
  const bytes = new Uint8Array(at + padTo8(nameBytes))
  const lengths = new DataView(bytes.buffer)
  for (const [index, name] of encoded.entries()) {
    lengths.setUint16(index * 2, name.length, true)
    bytes.set(name, at)
    at += name.length
  }
  return { bytes, nameBytes }
}

const sectionWithNames = (section: Uint8Array, { bytes, nameBytes }: NameBlock): ReadonlyArray<Uint8Array> => {
  const header = section.slice(0, sectionHeaderBytes)
  const view = new DataView(header.buffer)
  view.setUint32(sectionAt.keyset, 0, true)
  view.setUint32(sectionAt.nameBytes, nameBytes, true)
  view.setUint32(sectionAt.byteLength, section.length + bytes.length, true)
  return [header, bytes, section.subarray(sectionHeaderBytes)]
}
