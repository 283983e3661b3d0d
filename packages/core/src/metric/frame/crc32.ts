/**
 * CRC-32 (IEEE 802.3, reflected 0xEDB88320), the checksum of frames and stored blobs, because Node and Python have it built in.
 * This one is portable JavaScript, eight bytes a step; a host with `zlib.crc32` hands that over by `setCrc32`.
 */

/** Checksum of `bytes`, going on from `seed` (0 at the start), as an unsigned 32-bit integer. */
export type Crc32 = (bytes: Uint8Array, seed?: number) => number

const tables: ReadonlyArray<Uint32Array> = /* @__PURE__ */ (() => {
  const all = Array.from({ length: 8 }, () => new Uint32Array(256))
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
    all[0]![n] = c >>> 0
  }
  for (let t = 1; t < 8; t++) {
    for (let n = 0; n < 256; n++) {
      const c = all[t - 1]![n]!
      all[t]![n] = ((c >>> 8) ^ all[0]![c & 255]!) >>> 0
    }
  }
  return all
})()

/** Slicing-by-8 (Kounavis and Berry 2005). */
export const portableCrc32: Crc32 = (bytes, seed = 0) => {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as ReadonlyArray<Uint32Array> & { length: 8 }
  const length = bytes.length
  let crc = ~seed >>> 0
  let at = 0
  for (const end = length - 7; at < end; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      t7![crc & 255]! ^
      t6![(crc >>> 8) & 255]! ^
      t5![(crc >>> 16) & 255]! ^
      t4![crc >>> 24]! ^
      t3![bytes[at + 4]!]! ^
      t2![bytes[at + 5]!]! ^
      t1![bytes[at + 6]!]! ^
      t0![bytes[at + 7]!]!
  }
  for (; at < length; at++) crc = (crc >>> 8) ^ t0![(crc ^ bytes[at]!) & 255]!
  return ~crc >>> 0
}

let current: Crc32 = portableCrc32

/** Replaces the implementation, for example by `zlib.crc32` of Node, which is four times as fast. */
export const setCrc32 = (implementation: Crc32): void => {
  current = implementation
}

export const crc32: Crc32 = (bytes, seed = 0) => current(bytes, seed) >>> 0
