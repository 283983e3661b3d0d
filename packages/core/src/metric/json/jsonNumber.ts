/** Numbers in JSON: as they are, and `"NaN"`, `"Infinity"`, `"-Infinity"` for what JSON cannot write. */
import { maxStep } from "../frame/frameFormat.ts"

/** The number, or null when the value is none. */
export const jsonNumber = (value: unknown): number | null => {
  if (typeof value === "number") return value
  switch (value) {
    case "NaN":
      return Number.NaN
    case "Infinity":
      return Number.POSITIVE_INFINITY
    case "-Infinity":
      return Number.NEGATIVE_INFINITY
    default:
      return null
  }
}

/** The other way: what `JSON.stringify` would turn into null becomes the string. */
export const toJsonNumber = (value: number): number | "NaN" | "Infinity" | "-Infinity" => {
  if (Number.isFinite(value)) return value
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
}

export const isJsonStep = (value: unknown): value is number =>
  typeof value === "number" && value >= -maxStep && value <= maxStep

export const isJsonTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value)
