/** Numbers as people read them: four significant digits, `k` and `M` on axes, thousands grouped, never `-0`. */

const prefixes: ReadonlyArray<readonly [number, string]> = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"]
]

/** Drops the zeros that end a decimal fraction: `0.50` is `0.5`. */
const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text)

const tidyExponent = (value: number, digits: number): string =>
  value
    .toExponential(digits)
    .replace(/\.?0*e/, "e")
    .replace("e+", "e")

const withMinus = (text: string): string => text.replace(/^-/, "−").replace("e-", "e−")

/** Label of an axis tick; `step` says how many decimals tell neighbours apart. */
export const formatTick = (value: number, step: number): string => {
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e15) return withMinus(tidyExponent(value, 3))
  const [unit, prefix] = prefixes.find(([from]) => size >= from) ?? [1, ""]
  // A step of 2.5 has one digit more than its power of ten.
  const ratio = Math.abs(step) / unit
  const power = Math.floor(Math.log10(ratio) + 1e-9)
  const mantissa = ratio / 10 ** power
  const decimals = Math.max(0, -power + (Math.abs(mantissa - Math.round(mantissa)) > 1e-6 ? 1 : 0))
  return withMinus(`${trimmed((value / unit).toFixed(Math.min(12, decimals)))}${prefix}`)
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",")

/**
 * A value for reading, such as `0.1043`, `12,346`, `1.2e−5`, `12.35M`. Whole numbers below ten million keep every digit, since
 * steps and counts are read exactly; the rest have four significant ones.
 */
export const formatValue = (value: number): string => {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  if (size < 1e-4 || size >= 1e15) return withMinus(tidyExponent(value, 3))
  if (size < 1e7 && Number.isInteger(value)) return sign + grouped(String(size))
  if (size < 999.95) return sign + trimmed(size.toPrecision(4))
  if (size < 1e7) return sign + grouped(String(Math.round(size)))
  const [unit, prefix] = prefixes.find(([from]) => size >= from) ?? [1, ""]
  return `${sign}${trimmed((size / unit).toPrecision(4))}${prefix}`
}

/** Bytes in binary units, such as `1.5 GiB`. */
export const formatBytes = (bytes: number): string => {
  const names = ["B", "KiB", "MiB", "GiB", "TiB"]
  let index = 0
  let size = bytes
  while (Math.abs(size) >= 1024 && index < names.length - 1) {
    size /= 1024
    index += 1
  }
  return `${formatValue(Number(size.toPrecision(3)))} ${names[index]}`
}
