/**
 * A small summary of which three-character pieces a chunk's text holds (a Bloom filter over its lower case), so that a
 * search passes over nearly every chunk without what it looks for. It may say yes wrongly, never no.
 */

const maxBits = 1 << 17
/** Folded in half while this few bits are set, so that short or uniform texts keep a short summary. */
const sparse = 0.2

const hash = (a: number, b: number, c: number): number =>
  Math.imul(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c, 0xc2b2ae35)

const second = (value: number): number => (value >>> 15) ^ value

const density = (bytes: Uint8Array): number => {
  let set = 0
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) set++
  return set / (bytes.length * 8)
}

/** The summary of a text; `lower` is the text in lower case. */
export const summarizeTrigrams = (lower: string): Uint8Array => {
  let bytes = new Uint8Array(maxBits / 8)
  const mask = maxBits - 1
  let a = lower.charCodeAt(0)
  let b = lower.charCodeAt(1)
  for (let at = 2; at < lower.length; at++) {
    const c = lower.charCodeAt(at)
    const value = hash(a, b, c)
    const first = value & mask
    const other = second(value) & mask
    bytes[first >> 3]! |= 1 << (first & 7)
    bytes[other >> 3]! |= 1 << (other & 7)
    a = b
    b = c
  }
  while (bytes.length > 64 && density(bytes) < sparse) {
    const half = bytes.length / 2
    const folded = bytes.slice(0, half)
    for (let at = 0; at < half; at++) folded[at]! |= bytes[half + at]!
    bytes = folded
  }
  return bytes
}

/** Whether the summarized text can hold `needle`, which is in lower case. Shorter than three characters, it always can. */
export const mayHoldText = (summary: Uint8Array, needle: string): boolean => {
  const mask = summary.length * 8 - 1
  for (let at = 2; at < needle.length; at++) {
    const value = hash(needle.charCodeAt(at - 2), needle.charCodeAt(at - 1), needle.charCodeAt(at))
    for (const bit of [value & mask, second(value) & mask]) {
      if ((summary[bit >> 3]! & (1 << (bit & 7))) === 0) return false
    }
  }
  return true
}
