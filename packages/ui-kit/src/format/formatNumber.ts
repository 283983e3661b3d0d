/** Numbers as people compare them: four significant digits, aligned, no noise of binary fractions. */

/** `0.9731`, `12,408`, `1.2e-12`, `NaN`, `∞`; four significant digits unless the number is an integer below a million. */
export const formatNumber = (value: number): string => {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size >= 1e6) return size < 1e12 ? `${trimmed(value / unitOf(size)[0])}${unitOf(size)[1]}` : exponent(value)
  if (size < 1e-4) return exponent(value)
  if (Number.isInteger(value)) return value.toLocaleString("en-US").replace("-", "−")
  const digits = Math.max(0, 3 - Math.floor(Math.log10(size)))
  const text = value.toFixed(size < 1 ? Math.min(4, digits) : digits)
  return (size >= 1000 ? Number(text).toLocaleString("en-US", { maximumFractionDigits: digits }) : text).replace(
    "-",
    "−"
  )
}

/** `1.2k`, `3.4M`; for counts and axes. */
export const formatCount = (value: number): string => {
  if (Math.abs(value) < 1000) return formatNumber(value)
  const [unit, letter] = unitOf(Math.abs(value))
  return `${trimmed(value / unit)}${letter}`
}

/** `840 B`, `12.4 MiB`. */
export const formatBytes = (bytes: number): string => {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const size = bytes / 1024 ** power
  return `${power === 0 ? size : trimmed(size)} ${units[power]}`
}

const unitOf = (size: number): readonly [number, string] =>
  size >= 1e12 ? [1e12, "T"] : size >= 1e9 ? [1e9, "G"] : size >= 1e6 ? [1e6, "M"] : [1e3, "k"]

const trimmed = (value: number): string => Number(value.toPrecision(4)).toString().replace("-", "−")

const exponent = (value: number): string =>
  Number(value.toPrecision(4)).toExponential().replace("e+", "e").replaceAll("-", "−")
