/** Extended JSON as the engine keeps documents: numbers that JSON lacks become the texts that stand for them everywhere. */
import { toJsonNumber } from "@wanllmdb/core/metric"
import { ClientFault } from "./ClientFault.ts"

export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** The engine keeps documents of at most 100 levels; deeper ones would overflow what walks them. */
const maxLevels = 100

/** Throws the `ClientFault` 400 for what nests deeper than the engine keeps. */
export const toJson = (value: unknown, levels: number = maxLevels): Json => {
  switch (typeof value) {
    case "number":
      return toJsonNumber(value)
    case "string":
      // A lone surrogate cannot be written as UTF-8.
      return value.toWellFormed()
    case "boolean":
      return value
    case "object": {
      if (value === null) return null
      if (levels === 0) throw new ClientFault(400, `a JSON document nests at most ${maxLevels} levels`)
      if (Array.isArray(value)) return value.map((entry) => toJson(entry, levels - 1))
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key.toWellFormed(), toJson(entry, levels - 1)])
      )
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
