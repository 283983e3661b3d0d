/** Extended JSON as the engine keeps documents: numbers that JSON lacks become the texts that stand for them everywhere. */

export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [key: string]: Json }

const nonFinite = (value: number): string => (Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity")

export const toJson = (value: unknown): Json => {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? value : nonFinite(value)
    case "string":
      // A lone surrogate cannot be written as UTF-8.
      return value.toWellFormed()
    case "boolean":
      return value
    case "object": {
      if (value === null) return null
      if (Array.isArray(value)) return value.map(toJson)
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toWellFormed(), toJson(entry)]))
    }
    default:
      return null
  }
}

/** Back again, for answers that the client reads as Python would. */
export const fromJson = (value: Json): unknown => {
  if (value === "NaN") return Number.NaN
  if (value === "Infinity") return Number.POSITIVE_INFINITY
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(fromJson)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromJson(entry)]))
}
