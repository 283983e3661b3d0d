/** Labels of axis ticks: as many digits as tell neighbours apart, `k` and `M` from a thousand. */
import { prefixes, tidyExponent, trimmed, withMinus } from "../format/formatNumber.ts"

/** Label of an axis tick; `step` says how many decimals tell neighbours apart. */
export const formatTick = (value: number, step: number): string => {
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e15) return tidyExponent(value, 3)
  const [unit, prefix] = prefixes.find(([from]) => size >= from) ?? [1, ""]
  // A step of 2.5 has one digit more than its power of ten.
  const ratio = Math.abs(step) / unit
  const power = Math.floor(Math.log10(ratio) + 1e-9)
  const mantissa = ratio / 10 ** power
  const decimals = Math.max(0, -power + (Math.abs(mantissa - Math.round(mantissa)) > 1e-6 ? 1 : 0))
  return withMinus(`${trimmed((value / unit).toFixed(Math.min(12, decimals)))}${prefix}`)
}
