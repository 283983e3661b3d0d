/**
 * Layout of a packed column. Header, 16 bytes: u8 codec, u8 exponent, u16 0, u32 values, u32 bytes of the whole column, u32 exceptions.
 * Then the codec's parameters and blocks of 1,024 values, each with its own base and bit width so that a block is read alone,
 * then the exceptions. Everything starts at a multiple of eight. `docs/metric-format.md` has the drawing.
 */

export const columnCodec = {
  /** f64 value. */
  constant: 0,
  /** f64 start, f64 increment: start + i * increment. */
  stride: 1,
  /** Blocks {f64 base, u32 bits, u32 0, words}: (base + d) / 2^exponent. */
  frame: 2,
  /** Blocks {f64 first, f64 least difference, u32 bits, u32 0, words}: running sum, / 2^exponent. */
  delta: 3,
  /** Blocks {u32 base, u32 bits, words}: float32 bits in an order that sorts like the numbers. */
  float32: 4,
  /** One float64 a value. */
  raw: 5,
  /** As `frame`, / 10^exponent. */
  frame10: 6,
  /** Blocks {u32 base, u32 bits, words, low words u32[n]}: high word of the float64 packed in sortable order, low word as it is. */
  split: 7,
  /** As `delta`, / 10^exponent. */
  delta10: 8
} as const

export const columnHeaderBytes = 16
export const blockValues = 1024

/** What stands in the place of an exception, in the top four bits of its word; the index in the lower 28. */
export const exceptionKind = { nan: 0, posInf: 1, negInf: 2, negZero: 3, value: 4 } as const
export const maxColumnValues = 2 ** 28 - 1

/** 10^e is exact in float64 up to 10^22. */
export const powersOf10: ReadonlyArray<number> = Array.from({ length: 16 }, (_, e) => Number(`1e${e}`))
