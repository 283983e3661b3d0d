/**
 * Packs a float64 column into the smallest of a ladder of exact forms. Nothing is rounded: what does not fit a form becomes an
 * exception, and a column that no form suits is kept as it is, so a column is never larger than its numbers plus a header.
 */
import type { ColumnArena } from "./ColumnArena.ts"
import { columnCodec, columnHeaderBytes, exceptionKind, maxColumnValues, powersOf10 } from "./columnFormat.ts"
import {
  allIntegers,
  allSame,
  binaryExponent,
  decimalExponent,
  isDecimal,
  isSpecial,
  isStride,
  survey
} from "./columnScan.ts"
import { writeFloat32Blocks, writeIntegerBlocks, writeSplitBlocks } from "./packBlocks.ts"

/** Writes `values[offset … offset + count)` at the arena's end and gives the bytes it took, a multiple of eight. */
export const encodeColumn = (arena: ColumnArena, values: Float64Array, offset: number, count: number): number => {
  if (count > maxColumnValues) throw new RangeError(`a column has at most ${maxColumnValues} values, got ${count}`)
  const start = arena.length
  const end = offset + count
  if (count === 0 || allSame(values, offset, end)) {
    header(arena, columnCodec.constant, 0, count)
    arena.f64[arena.length / 8] = count === 0 ? 0 : values[offset]!
    arena.length += 8
  } else if (isStride(values, offset, end)) {
    header(arena, columnCodec.stride, 0, count)
    arena.f64[arena.length / 8] = values[offset]!
    arena.f64[arena.length / 8 + 1] = values[offset + 1]! - values[offset]!
    arena.length += 16
  } else {
    encodePacked(arena, values, offset, count)
    if (arena.length - start > columnHeaderBytes + count * 8) {
      arena.length = start
      writeRaw(arena, values, offset, count)
    }
  }
  const bytes = arena.length - start
  arena.u32[start / 4 + 2] = bytes
  return bytes
}

const header = (arena: ColumnArena, codec: number, exponent: number, count: number): void => {
  arena.reserve(columnHeaderBytes + 16)
  const at = arena.length / 4
  arena.u32[at] = codec | (exponent << 8)
  arena.u32[at + 1] = count
  arena.u32[at + 2] = 0
  arena.u32[at + 3] = 0
  arena.length += columnHeaderBytes
}

const writeRaw = (arena: ColumnArena, values: Float64Array, offset: number, count: number): void => {
  header(arena, columnCodec.raw, 0, count)
  arena.reserve(count * 8)
  arena.f64.set(values.subarray(offset, offset + count), arena.length / 8)
  arena.length += count * 8
}

let scratch = new Float64Array(0)

const encodePacked = (arena: ColumnArena, values: Float64Array, offset: number, count: number): void => {
  const start = arena.length
  const { specials, doubles } = survey(values, offset, offset + count)
  if (specials > count >> 1) writeRaw(arena, values, offset, count)
  else if (specials === 0)
    writeExceptions(arena, start, encodeRegular(arena, values, offset, count, start, doubles, null))
  else {
    const exceptions = new Exceptions()
    const regular = withoutMisfits(values, offset, count, exceptions, isSpecial)
    const rest = survey(regular, 0, count).doubles
    writeExceptions(arena, start, encodeRegular(arena, regular, 0, count, start, rest, exceptions))
  }
}

/** Values that no packed form holds, in order of index. */
class Exceptions {
  readonly index: Array<number> = []
  readonly value: Array<number> = []
}

/** A copy in which misfits repeat the value before them, so that they cost no width. */
const withoutMisfits = (
  values: Float64Array,
  offset: number,
  count: number,
  exceptions: Exceptions,
  misfit: (value: number) => boolean
): Float64Array => {
  if (scratch.length < count) scratch = new Float64Array(count)
  let stand = 0
  for (let i = 0; i < count; i++) {
    if (misfit(values[offset + i]!)) continue
    stand = values[offset + i]!
    break
  }
  for (let i = 0; i < count; i++) {
    const value = values[offset + i]!
    if (misfit(value)) {
      exceptions.index.push(i)
      exceptions.value.push(value)
    } else stand = value
    scratch[i] = stand
  }
  return scratch
}

/** Writes header and blocks of the first form that fits, and gives the exceptions that go with it. */
const encodeRegular = (
  arena: ColumnArena,
  values: Float64Array,
  offset: number,
  count: number,
  start: number,
  doubles: number,
  exceptions: Exceptions | null
): Exceptions | null => {
  const end = offset + count
  // A few odd values may leave the form that holds all others; not on top of special ones, which already have a list.
  const budget = exceptions === null ? count >> 6 : 0
  if (allIntegers(values, offset, end)) {
    if (attemptIntegers(arena, values, offset, count, start, 2, 0)) return exceptions
  }
  if (doubles === 0) {
    const exponent = binaryExponent(values, offset, end)
    if (exponent > 0 && attemptIntegers(arena, values, offset, count, start, 2, exponent)) {
      return exceptions
    }
  }
  if (doubles <= budget) {
    const odd = doubles > 0 ? new Exceptions() : exceptions
    const source =
      doubles > 0 && odd !== null ? withoutMisfits(values, offset, count, odd, (x) => Math.fround(x) !== x) : values
    header(arena, columnCodec.float32, 0, count)
    writeFloat32Blocks(arena, source, doubles > 0 ? 0 : offset, count)
    return odd
  }
  const { exponent, misfits } = decimalExponent(values, offset, end, budget)
  if (exponent > 0) {
    const scale = powersOf10[exponent]!
    const odd = misfits > 0 ? new Exceptions() : exceptions
    const source =
      misfits > 0 && odd !== null ? withoutMisfits(values, offset, count, odd, (x) => !isDecimal(x, scale)) : values
    if (attemptIntegers(arena, source, misfits > 0 ? 0 : offset, count, start, 10, exponent)) {
      return odd
    }
  }
  header(arena, columnCodec.split, 0, count)
  writeSplitBlocks(arena, values, offset, count)
  return exceptions
}

/** Writes values × base^exponent as integers, plain or as differences; false, with nothing written, where a block spans 2^32. */
const attemptIntegers = (
  arena: ColumnArena,
  values: Float64Array,
  offset: number,
  count: number,
  start: number,
  base: 2 | 10,
  exponent: number
): boolean => {
  const scale = base === 2 ? 2 ** exponent : powersOf10[exponent]!
  const plain = base === 2 ? columnCodec.frame : columnCodec.frame10
  const running = base === 2 ? columnCodec.delta : columnCodec.delta10
  const first = prefersDelta(values, offset, count, scale) ? running : plain
  for (const codec of [first, first === plain ? running : plain]) {
    header(arena, codec, exponent, count)
    if (writeIntegerBlocks(arena, values, offset, count, scale, codec === running)) return true
    arena.length = start
  }
  return false
}

/** Judged by the first block: whether differences span less than the values. */
const prefersDelta = (values: Float64Array, offset: number, count: number, scale: number): boolean => {
  const end = offset + Math.min(count, 1024)
  let before = Math.round(values[offset]! * scale)
  let low = before
  let high = before
  let lowStep = Number.POSITIVE_INFINITY
  let highStep = Number.NEGATIVE_INFINITY
  for (let i = offset + 1; i < end; i++) {
    const value = Math.round(values[i]! * scale)
    const step = value - before
    before = value
    if (value < low) low = value
    if (value > high) high = value
    if (step < lowStep) lowStep = step
    if (step > highStep) highStep = step
  }
  return highStep - lowStep < high - low
}

const writeExceptions = (arena: ColumnArena, start: number, exceptions: Exceptions | null): void => {
  if (exceptions === null) return
  const { index, value } = exceptions
  const count = index.length
  arena.reserve(count * 12 + 8)
  arena.u32[start / 4 + 3] = count
  const at = arena.length / 4
  const odd: Array<number> = []
  for (let i = 0; i < count; i++) {
    const kind = kindOf(value[i]!)
    if (kind === exceptionKind.value) odd.push(value[i]!)
    arena.u32[at + i] = index[i]! | (kind << 28)
  }
  if (count % 2 === 1) arena.u32[at + count] = 0
  arena.length += Math.ceil(count / 2) * 8
  arena.f64.set(odd, arena.length / 8)
  arena.length += odd.length * 8
}

const kindOf = (value: number): number => {
  if (Number.isNaN(value)) return exceptionKind.nan
  if (value === Number.POSITIVE_INFINITY) return exceptionKind.posInf
  if (value === Number.NEGATIVE_INFINITY) return exceptionKind.negInf
  return Object.is(value, -0) ? exceptionKind.negZero : exceptionKind.value
}
