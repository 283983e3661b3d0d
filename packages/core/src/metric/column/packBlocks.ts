/** Writes blocks of 1,024 values: the block's base, its bit width, and what each value lies above the base. */
import type { ColumnArena } from "./ColumnArena.ts"
import { blockValues } from "./columnFormat.ts"
import { pack } from "./generated/bitpack.ts"

const offsets = new Uint32Array(blockValues)
/** The same bits as signed numbers: V8 compares int32 faster than uint32. */
const signed = new Int32Array(offsets.buffer)
const integers = new Float64Array(blockValues)
const singles = new Float32Array(blockValues)
const singleBits = new Int32Array(singles.buffer)
const doubles = new Float64Array(blockValues)
const doubleBits = new Int32Array(doubles.buffer)

const maxBlockBytes = 24 + blockValues * 8

/** Packs the first `count` of `offsets`, each below 2^bits, at the arena's end. */
const writeOffsets = (arena: ColumnArena, count: number, bits: number): void => {
  if (bits === 0) return
  const padded = Math.ceil(count / 32) * 32
  offsets.fill(0, count, padded)
  pack[bits]!(offsets, padded, arena.u32, arena.length / 4)
  arena.length += (padded / 32) * bits * 4
  if (arena.length % 8 !== 0) {
    arena.u32[arena.length / 4] = 0
    arena.length += 4
  }
}

/** Width in bits of the integers 0 … span. */
const widthOf = (span: number): number => 32 - Math.clz32(span)

/**
 * Blocks of values × scale, which are integers, or of their differences. False where a block spans 2^32 or more; the caller then
 * sets the arena back.
 */
export const writeIntegerBlocks = (
  arena: ColumnArena,
  values: Float64Array,
  offset: number,
  count: number,
  scale: number,
  delta: boolean
): boolean => {
  for (let start = 0; start < count; start += blockValues) {
    const size = Math.min(blockValues, count - start)
    const from = offset + start
    arena.reserve(maxBlockBytes)
    if (scale === 1) integers.set(values.subarray(from, from + size))
    else for (let i = 0; i < size; i++) integers[i] = Math.round(values[from + i]! * scale)
    if (!(delta ? writeDeltaBlock(arena, size) : writeFrameBlock(arena, size))) return false
  }
  return true
}

const writeFrameBlock = (arena: ColumnArena, size: number): boolean => {
  let low = integers[0]!
  let high = low
  for (let i = 1; i < size; i++) {
    const value = integers[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(high - low < 4294967296)) return false
  for (let i = 0; i < size; i++) offsets[i] = integers[i]! - low
  const bits = widthOf(high - low)
  // Adding 0 turns a base of -0 (which rounding can give) into 0.
  arena.f64[arena.length / 8] = low + 0
  arena.u32[arena.length / 4 + 2] = bits
  arena.u32[arena.length / 4 + 3] = 0
  arena.length += 16
  writeOffsets(arena, size, bits)
  return true
}

const writeDeltaBlock = (arena: ColumnArena, size: number): boolean => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 1; i < size; i++) {
    const step = integers[i]! - integers[i - 1]!
    if (step < low) low = step
    if (step > high) high = step
  }
  if (size === 1) low = high = 0
  // Beyond 2^53 a difference may be rounded, and the running sum with it.
  if (!(high - low < 4294967296) || high > 9007199254740992 || low < -9007199254740992) return false
  offsets[0] = 0
  for (let i = 1; i < size; i++) offsets[i] = integers[i]! - integers[i - 1]! - low
  const bits = widthOf(high - low)
  arena.f64[arena.length / 8] = integers[0]! + 0
  arena.f64[arena.length / 8 + 1] = low
  arena.u32[arena.length / 4 + 4] = bits
  arena.u32[arena.length / 4 + 5] = 0
  arena.length += 24
  writeOffsets(arena, size, bits)
  return true
}

/** Float32 bits, turned so that they sort like the numbers: neighbours in value are neighbours in bits. */
export const writeFloat32Blocks = (arena: ColumnArena, values: Float64Array, offset: number, count: number): void => {
  for (let start = 0; start < count; start += blockValues) {
    const size = Math.min(blockValues, count - start)
    const from = offset + start
    arena.reserve(maxBlockBytes)
    for (let i = 0; i < size; i++) singles[i] = values[from + i]!
    let low = 0x7fffffff
    let high = -0x80000000
    for (let i = 0; i < size; i++) {
      const word = singleBits[i]!
      const ordered = word < 0 ? word ^ 0x7fffffff : word
      if (ordered < low) low = ordered
      if (ordered > high) high = ordered
      signed[i] = ordered
    }
    writeWordBlock(arena, size, low, high)
  }
}

/** Float64 in two words: the high one, with sign, exponent and 20 bits, varies little in a block; the low one is kept as it is. */
export const writeSplitBlocks = (arena: ColumnArena, values: Float64Array, offset: number, count: number): void => {
  for (let start = 0; start < count; start += blockValues) {
    const size = Math.min(blockValues, count - start)
    const from = offset + start
    arena.reserve(maxBlockBytes)
    doubles.set(values.subarray(from, from + size))
    let low = 0x7fffffff
    let high = -0x80000000
    for (let i = 0; i < size; i++) {
      const word = doubleBits[i * 2 + 1]!
      const ordered = word < 0 ? word ^ 0x7fffffff : word
      if (ordered < low) low = ordered
      if (ordered > high) high = ordered
      signed[i] = ordered
    }
    writeWordBlock(arena, size, low, high)
    const at = arena.length / 4
    for (let i = 0; i < size; i++) arena.u32[at + i] = doubleBits[i * 2]!
    if (size % 2 === 1) arena.u32[at + size] = 0
    arena.length += Math.ceil(size / 2) * 8
  }
}

/** `signed` holds int32 that sort like the numbers; on disk they are the same, moved up by 2^31 to be unsigned. */
const writeWordBlock = (arena: ColumnArena, size: number, low: number, high: number): void => {
  const bits = widthOf(high - low)
  for (let i = 0; i < size; i++) signed[i] = (signed[i]! - low) | 0
  arena.u32[arena.length / 4] = low ^ 0x80000000
  arena.u32[arena.length / 4 + 1] = bits
  arena.length += 8
  writeOffsets(arena, size, bits)
}
