/**
 * Bucket series on the wire: `application/vnd.wanllmdb.columns`. A body is blocks one after the other, one series each; all
 * numbers little-endian. Each column takes the cheapest form that loses nothing, so a series of single float32 points costs a
 * fifth of its thirteen float64 columns and still decodes to the same bits.
 *
 * Block: u32 magic `WLC1` · u32 bytes of the block · u32 entries n · u16 bytes of run · u16 bytes of key · f64 width ·
 * f64 cursor · 16 × u8 column codes (three unused) · run · key (UTF-8) · padding to 8 · the columns, each padded to 8.
 */
export const columnsMediaType = "application/vnd.wanllmdb.columns"

export const magic = 0x31434c57
export const headerBytes = 48

/** Order of the columns in a block. */
export const columnNames = [
  "x",
  "firstX",
  "lastX",
  "min",
  "max",
  "mean",
  "sum",
  "first",
  "last",
  "count",
  "nan",
  "posInf",
  "negInf"
] as const

/** n × f64. */
export const float64 = 0
/** n × f32, where every value survives it. */
export const float32 = 1
/** n × u32, for whole numbers from 0 to 2³²−1. */
export const uint32 = 2
/** One f64 that every entry has. */
export const constant = 3
/** Code `sameAs + i`: the bits of column i, which stands before it. */
export const sameAs = 16

export const padded = (bytes: number): number => (bytes + 7) & ~7
