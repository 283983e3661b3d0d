/** The rule of metric names: 1 to 1,024 bytes of UTF-8, well-formed, without U+0000. Everything else of Unicode is allowed. */
import { frameLimits } from "./frameFormat.ts"

const encoder = new TextEncoder()
const loneSurrogate = /\p{Surrogate}/u

/** Whether `text` can be written as UTF-8 without loss. */
export const isWellFormed = (text: string): boolean => !loneSurrogate.test(text)

/** The rule that a name breaks, or null. */
export const keyNameFault = (name: string): string | null => {
  if (name.length === 0) return "a metric name has at least 1 byte"
  if (name.length > frameLimits.nameBytes / 3 && encoder.encode(name).length > frameLimits.nameBytes) {
    return `a metric name has at most ${frameLimits.nameBytes} bytes of UTF-8`
  }
  if (name.includes("\u0000")) return "a metric name does not contain U+0000"
  return isWellFormed(name) ? null : "a metric name is well-formed Unicode"
}

/** Names that were found sound lately. */
const soundNames = new Set<string>()

/** As `keyNameFault`, for rows that repeat the same few names: a name that was sound is not looked at again. */
export const repeatedNameFault = (name: string): string | null => {
  if (soundNames.has(name)) return null
  const fault = keyNameFault(name)
  if (fault !== null) return fault
  if (soundNames.size >= 65_536) soundNames.clear()
  soundNames.add(name)
  return null
}
