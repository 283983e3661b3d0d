/**
 * Constants of the wire frame, version 1, which is also what stores keep as received. Little endian; every part starts at a
 * multiple of eight bytes so that columns are read in place. `docs/metric-format.md` draws the layout.
 */

/** `WMF1` as a little-endian word. */
export const frameMagic = 0x31464d57
export const frameVersion = 1
export const frameHeaderBytes = 24
export const sectionHeaderBytes = 24

/** Header fields by byte offset. The checksum covers every byte of the frame but its own four. */
export const headerAt = { magic: 0, version: 4, flags: 6, sections: 8, crc: 12, byteLength: 16, reserved: 20 } as const

export const sectionAt = {
  keyset: 0,
  rows: 4,
  keys: 8,
  byteLength: 12,
  nameBytes: 16,
  stepCodec: 20,
  wallCodec: 21
} as const

/** How steps and wall times are written: start and increment, or one float64 a row. */
export const stepCodec = { stride: 0, each: 1 } as const
export const wallCodec = { each: 0, stride: 1 } as const

export const columnType = {
  f64: 0,
  f32: 1,
  /** One float64 for all rows. */
  constant: 2,
  /** u32 count, u32 0, bitmap of rows, then one float64 for each set bit. */
  sparseF64: 3,
  /** u32 count, u32 bytes, bitmap, u32 offsets[count + 1], UTF-8. */
  text: 4,
  /** u32 count, u32 float64s, bitmap, u32 offsets[count + 1] in float64s; each: edges (n + 1), counts (n). */
  histogram: 5,
  /** As text; each entry is one JSON document. */
  record: 6,
  /** As `sparseF64` with float32 values. */
  sparseF32: 7
} as const

/** Bounds that keep a small hostile frame from unpacking into a large one. */
export const frameLimits = {
  sections: 65_536,
  rowsPerSection: 1_048_576,
  keysPerSection: 1_048_576,
  points: 16_777_216,
  nameBytes: 1024,
  byteLength: 256 * 1024 * 1024
} as const

/** Steps are finite and no larger than the integers that float64 counts exactly. */
export const maxStep = 2 ** 53

/** The next multiple of eight. */
export const padTo8 = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** The same bytes at an address that float64 views accept: copied only when they lie askew. */
export const alignedBytes = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice())
