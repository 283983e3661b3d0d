/** What general compressors do with numbers: bytes of like weight put together, then deflate (Blosc, HDF5, Zarr). */
import { deflateRawSync, inflateRawSync } from "node:zlib"

export const shuffleDeflate = (values: Float64Array): Uint8Array => {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const shuffled = new Uint8Array(bytes.length)
  let at = 0
  for (let b = 0; b < 8; b++) for (let i = b; i < bytes.length; i += 8) shuffled[at++] = bytes[i]!
  return deflateRawSync(shuffled, { level: 1 })
}

export const inflateUnshuffle = (packed: Uint8Array): Float64Array => {
  const shuffled = inflateRawSync(packed)
  const bytes = new Uint8Array(shuffled.length)
  let at = 0
  for (let b = 0; b < 8; b++) for (let i = b; i < bytes.length; i += 8) bytes[i] = shuffled[at++]!
  return new Float64Array(bytes.buffer)
}
