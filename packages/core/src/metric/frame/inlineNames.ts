/** Reads the names of a section. Clients send the same set again and again, so the last few sets are remembered. */
import { FrameError } from "./FrameFault.ts"
import { frameLimits } from "./frameFormat.ts"
import type { SectionLayout } from "./frameLayout.ts"

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

interface KnownNames {
  readonly bytes: Uint8Array
  readonly names: ReadonlyArray<string>
}

const known: Array<KnownNames> = []
const knownLimit = 8
const knownBytesLimit = 1_048_576

const same = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Names in the order of columns; checked for length, UTF-8 and repeats. Throws `FrameError`. */
export const inlineNames = (bytes: Uint8Array, section: SectionLayout): ReadonlyArray<string> => {
  const block = bytes.subarray(section.nameLengthsAt, section.namesAt + section.nameBytes)
  for (let i = 0; i < known.length; i++) {
    const candidate = known[i]!
    if (candidate.names.length === section.keys && same(candidate.bytes, block)) return candidate.names
  }
  const names = readNames(bytes, section)
  if (block.length <= knownBytesLimit) {
    known.unshift({ bytes: block.slice(), names })
    if (known.length > knownLimit) known.pop()
  }
  return names
}

const readNames = (bytes: Uint8Array, section: SectionLayout): ReadonlyArray<string> => {
  const names: Array<string> = []
  const end = section.namesAt + section.nameBytes
  let at = section.namesAt
  for (let key = 0; key < section.keys; key++) {
    const lengthAt = section.nameLengthsAt + key * 2
    const length = bytes[lengthAt]! | (bytes[lengthAt + 1]! << 8)
    if (length < 1 || length > frameLimits.nameBytes) {
      throw new FrameError("a metric name has 1 to 1,024 bytes of UTF-8", lengthAt)
    }
    if (at + length > end) throw new FrameError("names end within their part", lengthAt)
    const name = decodeName(bytes.subarray(at, at + length), at)
    if (name.includes("\u0000")) throw new FrameError("a metric name does not contain U+0000", at)
    names.push(name)
    at += length
  }
  if (at !== end) throw new FrameError("names fill their part", at)
  if (new Set(names).size !== names.length) throw new FrameError("a section names each key once", section.namesAt)
  return names
}

const decodeName = (bytes: Uint8Array, at: number): string => {
  try {
    return strict.decode(bytes)
  } catch {
    throw new FrameError("a metric name is valid UTF-8", at)
  }
}
