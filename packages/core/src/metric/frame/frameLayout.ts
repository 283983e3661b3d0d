/**
 * Finds the parts of a frame: checks header, lengths and counts and remembers where each column starts. Reads no values, so it
 * costs the same for ten rows and ten thousand.
 */
import { FrameError } from "./FrameFault.ts"
import {
  columnType,
  frameHeaderBytes,
  frameLimits,
  frameMagic,
  frameVersion,
  headerAt,
  padTo8,
  sectionAt,
  sectionHeaderBytes,
  stepCodec,
  wallCodec
} from "./frameFormat.ts"

export interface SectionLayout {
  readonly at: number
  /** 0: names stand inline. */
  readonly keyset: number
  readonly rows: number
  readonly keys: number
  /** Where u16 name lengths, then the names' UTF-8 start. */
  readonly nameLengthsAt: number
  readonly namesAt: number
  readonly nameBytes: number
  readonly typesAt: number
  readonly stepCodec: number
  readonly stepsAt: number
  readonly wallCodec: number
  readonly wallsAt: number
  /** Byte offset of each column. */
  readonly columnsAt: Uint32Array
  readonly points: number
}

/** The parts of a frame whose bytes start at a multiple of eight. Throws `FrameError`. */
export const frameLayout = (bytes: Uint8Array): ReadonlyArray<SectionLayout> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < frameHeaderBytes) throw new FrameError("a frame has at least 24 bytes", bytes.byteLength)
  if (view.getUint32(headerAt.magic, true) !== frameMagic) throw new FrameError('a frame starts with "WMF1"', 0)
  const version = view.getUint16(headerAt.version, true)
  if (version !== frameVersion)
    throw new FrameError(`version must be ${frameVersion}, got ${version}`, headerAt.version)
  if (view.getUint16(headerAt.flags, true) !== 0) throw new FrameError("flags must be 0", headerAt.flags)
  if (view.getUint32(headerAt.reserved, true) !== 0) throw new FrameError("reserved must be 0", headerAt.reserved)
  const byteLength = view.getUint32(headerAt.byteLength, true)
  if (byteLength !== bytes.byteLength) {
    throw new FrameError(`length must be ${byteLength} bytes, got ${bytes.byteLength}`, headerAt.byteLength)
  }
  if (byteLength > frameLimits.byteLength) throw new FrameError("a frame has at most 256 MiB", headerAt.byteLength)
  const count = view.getUint32(headerAt.sections, true)
  if (count > frameLimits.sections) throw new FrameError("a frame has at most 65,536 sections", headerAt.sections)
  const sections: Array<SectionLayout> = []
  let at = frameHeaderBytes
  let points = 0
  for (let index = 0; index < count; index++) {
    if (at + sectionHeaderBytes > byteLength) throw new FrameError("a section ends within the frame", at)
    const section = sectionLayout(bytes, view, at)
    points += section.points
    if (points > frameLimits.points) throw new FrameError("a frame has at most 16,777,216 points", at)
    sections.push(section)
    at += view.getUint32(at + sectionAt.byteLength, true)
  }
  if (at !== byteLength) throw new FrameError("sections fill the frame", at)
  return sections
}

const sectionLayout = (bytes: Uint8Array, view: DataView, at: number): SectionLayout => {
  const keyset = view.getUint32(at + sectionAt.keyset, true)
  const rows = view.getUint32(at + sectionAt.rows, true)
  const keys = view.getUint32(at + sectionAt.keys, true)
  const end = at + view.getUint32(at + sectionAt.byteLength, true)
  const nameBytes = view.getUint32(at + sectionAt.nameBytes, true)
  const steps = bytes[at + sectionAt.stepCodec]!
  const walls = bytes[at + sectionAt.wallCodec]!
  if (rows < 1 || rows > frameLimits.rowsPerSection) {
    throw new FrameError("a section has 1 to 1,048,576 rows", at + sectionAt.rows)
  }
  if (keys < 1 || keys > frameLimits.keysPerSection) {
    throw new FrameError("a section has 1 to 1,048,576 keys", at + sectionAt.keys)
  }
  if (end > bytes.byteLength || end % 8 !== 0 || end < at + sectionHeaderBytes) {
    throw new FrameError("a section ends within the frame, at a multiple of 8", at + sectionAt.byteLength)
  }
  if (steps !== stepCodec.stride && steps !== stepCodec.each) {
    throw new FrameError(`step codec must be 0 or 1, got ${steps}`, at + sectionAt.stepCodec)
  }
  if (walls !== wallCodec.stride && walls !== wallCodec.each) {
    throw new FrameError(`wall codec must be 0 or 1, got ${walls}`, at + sectionAt.wallCodec)
  }
  const nameLengthsAt = at + sectionHeaderBytes
  const namesAt = keyset === 0 ? nameLengthsAt + padTo8(keys * 2) : nameLengthsAt
  const typesAt = namesAt + (keyset === 0 ? padTo8(nameBytes) : 0)
  const stepsAt = typesAt + padTo8(keys)
  const wallsAt = stepsAt + (steps === stepCodec.each ? rows * 8 : 16)
  let next = wallsAt + (walls === wallCodec.each ? rows * 8 : 16)
  if (next > end) throw new FrameError("names, steps and times end within the section", at)
  const columnsAt = new Uint32Array(keys)
  let points = 0
  for (let key = 0; key < keys; key++) {
    columnsAt[key] = next
    const type = bytes[typesAt + key]!
    if (type === columnType.f64) next += rows * 8
    else if (type === columnType.f32) next += padTo8(rows * 4)
    else if (type === columnType.constant) next += 8
    if (type <= columnType.constant) points += rows
    else if (type <= columnType.sparseF32) {
      if (next + 8 > end) throw new FrameError("a column ends within its section", next)
      const present = view.getUint32(next, true)
      const size = view.getUint32(next + 4, true)
      if (present > rows) throw new FrameError("a column has at most one value a row", next)
      next += 8 + padTo8(Math.ceil(rows / 8)) + payloadBytes(type, present, size)
      points += present
    } else throw new FrameError(`column type must be 0 to 7, got ${type}`, typesAt + key)
    if (next > end) throw new FrameError("a column ends within its section", columnsAt[key]!)
  }
  if (next !== end) throw new FrameError("columns fill their section", next)
  return {
    at,
    keyset,
    rows,
    keys,
    nameLengthsAt,
    namesAt,
    nameBytes,
    typesAt,
    stepCodec: steps,
    stepsAt,
    wallCodec: walls,
    wallsAt,
    columnsAt,
    points
  }
}

const payloadBytes = (type: number, present: number, size: number): number => {
  if (type === columnType.sparseF64) return present * 8
  if (type === columnType.sparseF32) return padTo8(present * 4)
  const offsets = padTo8((present + 1) * 4)
  return type === columnType.histogram ? offsets + size * 8 : offsets + padTo8(size)
}
