/**
 * The stored blobs of chunks: axis body (steps, times), axis mip (its cells), value body, value mip, tile. Each starts with a
 * version where it is not a bare column, is a multiple of eight bytes long, and is checked by a CRC-32 beside it in its row.
 */
import { ColumnArena } from "../column/ColumnArena.ts"
import { columnBytes, columnCount, columnValues } from "../column/decodeColumn.ts"
import { encodeColumn } from "../column/encodeColumn.ts"
import { PackedBytes } from "../column/PackedBytes.ts"
import type { AxisCells } from "./AxisCells.ts"
import type { CellTable } from "./CellTable.ts"
import type { ValueCells } from "./ValueCells.ts"

const version = 1
/** Flag in a mip's or tile's first word: the three counts of non-finite values follow. */
const withNonFinite = 1 << 8
const headBytes = 16

// Packing is synchronous, so one arena serves every blob; each function leaves it empty.
const arena = new ColumnArena(1 << 20)

const head = (flags: number, level: number, length: number): void => {
  arena.reset()
  arena.reserve(headBytes)
  arena.u32[0] = version | flags
  arena.u32[1] = level
  arena.u32[2] = length
  arena.u32[3] = 0
  arena.length = headBytes
}

const checkHead = (packed: PackedBytes, what: string): void => {
  const found = packed.u32[0]! & 255
  if (found !== version) throw new RangeError(`${what}: version must be ${version}, got ${found}`)
}

/** A bare column: a chunk's values. */
export const encodeValues = (values: Float64Array, offset: number, count: number): Uint8Array => {
  arena.reset()
  encodeColumn(arena, values, offset, count)
  return arena.bytes()
}

/** Steps, then times. */
export const encodeAxis = (steps: Float64Array, times: Float64Array, offset: number, count: number): Uint8Array => {
  arena.reset()
  encodeColumn(arena, steps, offset, count)
  encodeColumn(arena, times, offset, count)
  return arena.bytes()
}

/** Byte offset of the times in an axis body; its steps are at 0. */
export const axisTimesAt = (axis: PackedBytes): number => columnBytes(axis, 0)

export const axisRows = (axis: PackedBytes): number => columnCount(axis, 0)

export const encodeAxisCells = (axis: AxisCells): Uint8Array => {
  head(0, axis.level, axis.length)
  for (const column of [axis.cell, axis.firstRow, axis.firstStep, axis.lastStep, axis.minTime, axis.maxTime]) {
    encodeColumn(arena, column, 0, column.length)
  }
  return arena.bytes()
}

export const decodeAxisCells = (bytes: Uint8Array): AxisCells => {
  const packed = new PackedBytes(bytes)
  checkHead(packed, "axis cells")
  const next = columnsFrom(packed, headBytes)
  return {
    level: packed.u32[1]! | 0,
    length: packed.u32[2]!,
    cell: next(),
    firstRow: next(),
    firstStep: next(),
    lastStep: next(),
    minTime: next(),
    maxTime: next()
  }
}

export const encodeValueCells = (cells: ValueCells): Uint8Array => {
  const { nonFinite } = cells
  head(nonFinite === null ? 0 : withNonFinite, 0, cells.min.length)
  const columns = [cells.min, cells.max, cells.sum, cells.first, cells.last]
  if (nonFinite !== null) columns.push(nonFinite.nan, nonFinite.posInf, nonFinite.negInf)
  for (const column of columns) encodeColumn(arena, column, 0, column.length)
  return arena.bytes()
}

export const decodeValueCells = (bytes: Uint8Array): ValueCells => {
  const packed = new PackedBytes(bytes)
  const { nonFinite: counted } = valueCellsHead(packed)
  const next = columnsFrom(packed, headBytes)
  const cells = { min: next(), max: next(), sum: next(), first: next(), last: next() }
  const nonFinite = counted ? { nan: next(), posInf: next(), negInf: next() } : null
  return { ...cells, nonFinite }
}

/** What a mip of values holds: how many cells, at which byte its columns begin, and whether three counts follow the first five. */
export const valueCellsHead = (
  packed: PackedBytes
): { readonly length: number; readonly columnsAt: number; readonly nonFinite: boolean } => {
  checkHead(packed, "value cells")
  return { length: packed.u32[2]!, columnsAt: headBytes, nonFinite: (packed.u32[0]! & withNonFinite) !== 0 }
}

/** Gives one column after the other, each as a new array. */
const columnsFrom = (packed: PackedBytes, start: number): (() => Float64Array) => {
  let at = start
  return () => {
    const values = columnValues(packed, at)
    at += columnBytes(packed, at)
    return values
  }
}

/** Tiles are read by the thousand, so their numbers are plain float64 and views, not packed. */
export const encodeTile = (table: CellTable): Uint8Array => {
  const { nan, posInf, negInf, length } = table
  const columns = [
    table.cell,
    table.points,
    table.firstStep,
    table.lastStep,
    table.min,
    table.max,
    table.sum,
    table.first,
    table.last
  ]
  const counted = nan !== null && posInf !== null && negInf !== null
  if (counted) columns.push(nan, posInf, negInf)
  head(counted ? withNonFinite : 0, table.level, length)
  arena.reserve(columns.length * length * 8)
  for (const column of columns) {
    arena.f64.set(column.subarray(0, length), arena.length / 8)
    arena.length += length * 8
  }
  return arena.bytes()
}

/** Columns are views of `bytes` where those start at a multiple of eight. */
export const decodeTile = (bytes: Uint8Array): CellTable => {
  const packed = new PackedBytes(bytes)
  checkHead(packed, "tile")
  const length = packed.u32[2]!
  const column = (index: number) => {
    const from = headBytes / 8 + index * length
    return packed.f64.subarray(from, from + length)
  }
  const counted = (packed.u32[0]! & withNonFinite) !== 0
  return {
    level: packed.u32[1]! | 0,
    length,
    cell: column(0),
    points: column(1),
    firstStep: column(2),
    lastStep: column(3),
    min: column(4),
    max: column(5),
    sum: column(6),
    first: column(7),
    last: column(8),
    nan: counted ? column(9) : null,
    posInf: counted ? column(10) : null,
    negInf: counted ? column(11) : null
  }
}
