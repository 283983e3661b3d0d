/** Looks at values before they are packed: which exact form would hold them all. Each answer costs one pass, most far less. */
import { powersOf10 } from "./columnFormat.ts"

/** NaN, an infinity or -0: what no packed form holds, so that it becomes an exception. */
export const isSpecial = (value: number): boolean => value - value !== 0 || (value === 0 && 1 / value < 0)

export interface ColumnSurvey {
  /** NaN, infinities and -0. */
  readonly specials: number
  /** Values that are no float32; NaN counts here, too. */
  readonly doubles: number
}

export const survey = (values: Float64Array, from: number, to: number): ColumnSurvey => {
  let specials = 0
  let doubles = 0
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (Math.fround(value) !== value) doubles++
    if (value - value !== 0 || (value === 0 && 1 / value < 0)) specials++
  }
  return { specials, doubles }
}

export const allSame = (values: Float64Array, from: number, to: number): boolean => {
  const first = values[from]!
  if (first !== 0 && !Number.isNaN(first)) {
    for (let i = from + 1; i < to; i++) if (values[i] !== first) return false
    return true
  }
  for (let i = from + 1; i < to; i++) if (!Object.is(values[i], first)) return false
  return true
}

/** Whether `first + i * increment` gives every value exactly. */
export const isStride = (values: Float64Array, from: number, to: number): boolean => {
  const start = values[from]!
  const increment = values[from + 1]! - start
  if (increment - increment !== 0 || Object.is(start, -0)) return false
  // The second value too: an increment that was rounded does not lead back to it.
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!
    if (start + (i - from) * increment !== value || (value === 0 && 1 / value < 0)) return false
  }
  return true
}

/** Integers that float64 counts one by one. */
export const allIntegers = (values: Float64Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (Math.floor(value) !== value || value > 9007199254740992 || value < -9007199254740992) return false
  }
  return true
}

/** The least e in 1 … 16 for which every value × 2^e is an integer, or 0. */
export const binaryExponent = (values: Float64Array, from: number, to: number): number => {
  let exponent = 1
  let scale = 2
  for (let i = from; i < to; i++) {
    const value = values[i]!
    while (Math.floor(value * scale) !== value * scale) {
      if (++exponent > 16) return 0
      scale *= 2
    }
  }
  return exponent
}

/** Whether `value` is the float64 nearest to an integer / 10^e: what a decimal that was typed or rounded looks like. */
export const isDecimal = (value: number, scale: number): boolean => {
  const scaled = Math.round(value * scale)
  return scaled / scale === value && scaled <= 9007199254740992 && scaled >= -9007199254740992
}

export interface DecimalScan {
  /** 0 when no exponent fits. */
  readonly exponent: number
  readonly misfits: number
}

/** The least e in 1 … 15 for which all values but `budget` are decimals with e places. */
export const decimalExponent = (values: Float64Array, from: number, to: number, budget: number): DecimalScan => {
  const stride = Math.max(1, (to - from) >> 5)
  for (let exponent = 1; exponent <= 15; exponent++) {
    const scale = powersOf10[exponent]!
    let misfits = 0
    for (let i = from; i < to; i += stride) if (!isDecimal(values[i]!, scale)) misfits++
    if (misfits > 4) continue
    misfits = 0
    for (let i = from; i < to && misfits <= budget; i++) {
      const value = values[i]!
      const scaled = Math.round(value * scale)
      if (scaled / scale !== value || scaled > 9007199254740992 || scaled < -9007199254740992) misfits++
    }
    if (misfits <= budget) return { exponent, misfits }
  }
  return { exponent: 0, misfits: 0 }
}
