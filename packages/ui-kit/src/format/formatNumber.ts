/** Numbers as people read and compare them: four significant digits that line up, thousands grouped, never `-0`. */

/** From the largest: `12.35M` is 12.35 of the unit 1e6. */
export const prefixes: ReadonlyArray<readonly [unit: number, prefix: string]> = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"]
]

/** Drops the zeros that end a decimal fraction: `0.50` is `0.5`. */
export const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text)

/** `1.23e−12`, with at most `digits` digits after the point. */
export const tidyExponent = (value: number, digits: number): string =>
  withMinus(
    value
      .toExponential(digits)
      .replace(/\.?0*e/, "e")
      .replace("e+", "e")
  )

/** A minus sign as wide as a digit, in the place of hyphens. */
export const withMinus = (text: string): string => text.replace(/^-/, "−").replace("e-", "e−")

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",")

/** Zeros are kept up to the fourth decimal, so that 0.95 stands right under 0.9731. */
const fraction = (size: number): string =>
  size < 0.09995 ? size.toPrecision(3).replace(/(\.\d{4}\d*?)0+$/, "$1") : size.toPrecision(4)

/**
 * A value for reading, such as `0.9731`, `0.9500`, `0.0812`, `12,346`, `1.2e−5`, `12.35M`. Whole numbers below ten million keep
 * every digit, since steps and counts are read exactly; the rest have four significant ones, below 0.1 three.
 */
export const formatNumber = (value: number): string => {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  if (size < 1e-4 || size >= 1e15) return tidyExponent(value, 3)
  if (size < 1e7 && Number.isInteger(value)) return sign + grouped(String(size))
  if (size < 999.95) return sign + fraction(size)
  if (size < 1e7) return sign + grouped(String(Math.round(size)))
  const [unit, prefix] = prefixes.find(([from]) => size >= from)!
  return `${sign}${trimmed((size / unit).toPrecision(4))}${prefix}`
}

/** Bytes in binary units with three significant digits, such as `1.5 GiB`. */
export const formatBytes = (bytes: number): string => {
  const names = ["B", "KiB", "MiB", "GiB", "TiB"]
  let index = 0
  let size = bytes
  while (Math.abs(size) >= 1024 && index < names.length - 1) {
    size /= 1024
    index += 1
  }
  return `${size < 1000 ? trimmed(size.toPrecision(3)) : formatNumber(Math.round(size))} ${names[index]}`
}
