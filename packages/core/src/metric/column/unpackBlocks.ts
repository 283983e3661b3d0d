/** Reads blocks of 1,024 packed values. */
import { blockValues, columnCodec } from "./columnFormat.ts"
import { unpack } from "./generated/bitpack.ts"
import type { PackedBytes } from "./PackedBytes.ts"

const offsets = new Uint32Array(blockValues)
const signed = new Int32Array(offsets.buffer)
const singles = new Float32Array(blockValues)
const singleBits = new Int32Array(singles.buffer)
const doubles = new Float64Array(blockValues)
const doubleBits = new Int32Array(doubles.buffer)

const headBytes = (codec: number): number =>
  codec === columnCodec.frame || codec === columnCodec.frame10
    ? 16
    : codec === columnCodec.delta || codec === columnCodec.delta10
      ? 24
      : 8

/** Byte position of the block's bit width, from its start. */
const bitsAt = (codec: number): number =>
  codec === columnCodec.frame || codec === columnCodec.frame10
    ? 8
    : codec === columnCodec.delta || codec === columnCodec.delta10
      ? 16
      : 4

const wordBytes = (size: number, bits: number): number => Math.ceil((Math.ceil(size / 32) * bits * 4) / 8) * 8

/** Length of the block at byte `at` that holds `size` values. */
export const blockBytes = (packed: PackedBytes, at: number, codec: number, size: number): number => {
  const bits = packed.u32[(at + bitsAt(codec)) / 4]!
  const low = codec === columnCodec.split ? Math.ceil(size / 2) * 8 : 0
  return headBytes(codec) + wordBytes(size, bits) + low
}

/** Unpacks the block's values, divided by `scale` where the codec scales, to `out` from `to` on. */
export const readBlock = (
  packed: PackedBytes,
  at: number,
  codec: number,
  scale: number,
  size: number,
  out: Float64Array,
  to: number
): void => {
  const bits = packed.u32[(at + bitsAt(codec)) / 4]! & 63
  const words = at + headBytes(codec)
  if (bits === 0) offsets.fill(0, 0, size)
  else unpack[bits]!(packed.u32, words / 4, Math.ceil(size / 32) * 32, offsets)
  switch (codec) {
    case columnCodec.frame:
    case columnCodec.frame10:
      readFrame(packed.f64[at / 8]!, codec === columnCodec.frame, scale, size, out, to)
      return
    case columnCodec.delta:
    case columnCodec.delta10:
      readDelta(packed.f64[at / 8]!, packed.f64[at / 8 + 1]!, codec === columnCodec.delta, scale, size, out, to)
      return
    case columnCodec.float32:
      readFloat32(packed.u32[at / 4]!, size, out, to)
      return
    case columnCodec.split:
      readSplit(packed, packed.u32[at / 4]!, words + wordBytes(size, bits), size, out, to)
      return
    default:
      throw new RangeError(`packed column: unknown codec ${codec}`)
  }
}

const readFrame = (base: number, binary: boolean, scale: number, size: number, out: Float64Array, to: number): void => {
  if (scale === 1) for (let i = 0; i < size; i++) out[to + i] = base + offsets[i]!
  else if (binary) {
    // A power of two: multiplying by its inverse is exact and faster than dividing.
    const inverse = 1 / scale
    for (let i = 0; i < size; i++) out[to + i] = (base + offsets[i]!) * inverse
  } else for (let i = 0; i < size; i++) out[to + i] = (base + offsets[i]!) / scale
}

const readDelta = (
  first: number,
  step: number,
  binary: boolean,
  scale: number,
  size: number,
  out: Float64Array,
  to: number
): void => {
  let value = first
  if (scale === 1) {
    out[to] = value
    for (let i = 1; i < size; i++) {
      value += step + offsets[i]!
      out[to + i] = value
    }
    return
  }
  const inverse = 1 / scale
  out[to] = binary ? value * inverse : value / scale
  for (let i = 1; i < size; i++) {
    value += step + offsets[i]!
    out[to + i] = binary ? value * inverse : value / scale
  }
}

const readFloat32 = (base: number, size: number, out: Float64Array, to: number): void => {
  const low = base | 0
  for (let i = 0; i < size; i++) {
    const ordered = (signed[i]! + low) | 0
    singleBits[i] = ordered < 0 ? ordered & 0x7fffffff : ~ordered
  }
  for (let i = 0; i < size; i++) out[to + i] = singles[i]!
}

const readSplit = (
  packed: PackedBytes,
  base: number,
  lowAt: number,
  size: number,
  out: Float64Array,
  to: number
): void => {
  const low = lowAt / 4
  const start = base | 0
  for (let i = 0; i < size; i++) {
    const ordered = (signed[i]! + start) | 0
    doubleBits[i * 2] = packed.u32[low + i]!
    doubleBits[i * 2 + 1] = ordered < 0 ? ordered & 0x7fffffff : ~ordered
  }
  out.set(size === blockValues ? doubles : doubles.subarray(0, size), to)
}
