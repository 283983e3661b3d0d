/** Unpacks columns, whole or only the blocks that hold a range of rows. */
import { blockValues, columnCodec, columnHeaderBytes, exceptionKind, powersOf10 } from "./columnFormat.ts"
import type { PackedBytes } from "./PackedBytes.ts"
import { blockBytes, readBlock } from "./unpackBlocks.ts"

/** Number of values of the column at byte `at`. */
export const columnCount = (packed: PackedBytes, at: number): number => packed.u32[at / 4 + 1]!

/** Bytes of the column at byte `at`, so that `at + columnBytes(…)` is where the next one starts. */
export const columnBytes = (packed: PackedBytes, at: number): number => packed.u32[at / 4 + 2]!

/** Unpacks the column at byte `at` to `out` from `outOffset` on and gives how many values it has. */
export const decodeColumn = (packed: PackedBytes, at: number, out: Float64Array, outOffset = 0): number => {
  const count = columnCount(packed, at)
  decodeRows(packed, at, 0, count, out, outOffset)
  return count
}

/** The whole column as a new array. */
export const columnValues = (packed: PackedBytes, at: number): Float64Array => {
  const out = new Float64Array(columnCount(packed, at))
  decodeColumn(packed, at, out)
  return out
}

const block = new Float64Array(blockValues)

/** Unpacks values `from` to `to` (exclusive) of the column at byte `at`, to `out` from `outOffset` on. */
export const decodeRows = (
  packed: PackedBytes,
  at: number,
  from: number,
  to: number,
  out: Float64Array,
  outOffset: number
): void => {
  const word = at / 4
  const head = packed.u32[word]!
  const codec = head & 255
  const count = packed.u32[word + 1]!
  if (at + packed.u32[word + 2]! > packed.u8.length || to > count) {
    throw new RangeError(`packed column at byte ${at}: ${to} values do not lie within its bytes`)
  }
  const body = at + columnHeaderBytes
  switch (codec) {
    case columnCodec.constant:
      out.fill(packed.f64[body / 8]!, outOffset, outOffset + to - from)
      return
    case columnCodec.stride: {
      const start = packed.f64[body / 8]!
      const increment = packed.f64[body / 8 + 1]!
      for (let i = from; i < to; i++) out[outOffset + i - from] = start + i * increment
      return
    }
    case columnCodec.raw:
      out.set(packed.f64.subarray(body / 8 + from, body / 8 + to), outOffset)
      return
  }
  const exponent = (head >>> 8) & 255
  const scale = codec === columnCodec.frame10 || codec === columnCodec.delta10 ? powersOf10[exponent]! : 2 ** exponent
  let next = body
  for (let start = 0; start < count; start += blockValues) {
    const size = Math.min(blockValues, count - start)
    const bytes = blockBytes(packed, next, codec, size)
    if (start < to && start + size > from) {
      const low = Math.max(from, start)
      const high = Math.min(to, start + size)
      if (high - low === size) readBlock(packed, next, codec, scale, size, out, outOffset + start - from)
      else {
        readBlock(packed, next, codec, scale, size, block, 0)
        out.set(block.subarray(low - start, high - start), outOffset + low - from)
      }
    }
    next += bytes
  }
  const exceptions = packed.u32[word + 3]!
  if (exceptions > 0) applyExceptions(packed, next, exceptions, from, to, out, outOffset)
}

const applyExceptions = (
  packed: PackedBytes,
  at: number,
  count: number,
  from: number,
  to: number,
  out: Float64Array,
  outOffset: number
): void => {
  const words = at / 4
  let odd = at / 8 + Math.ceil(count / 2)
  for (let i = 0; i < count; i++) {
    const word = packed.u32[words + i]!
    const index = word & 0x0fffffff
    const kind = word >>> 28
    const value = kind === exceptionKind.value ? packed.f64[odd++]! : specials[kind]!
    if (index >= from && index < to) out[outOffset + index - from] = value
  }
}

const specials: ReadonlyArray<number> = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]
