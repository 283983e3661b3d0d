/** Nested documents as flat ones: keys joined with dots. Filters, summaries and diffs all speak of fields this way. */
import type { Schema } from "effect"

export type JsonValue = Schema.Json

export const isJsonObject = (value: JsonValue | undefined): value is Schema.JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isEmpty = (object: Schema.JsonObject): boolean => {
  for (const _ in object) return false
  return true
}

/** Calls `visit` for every leaf until it answers false; arrays, empty objects and null are leaves. */
export const visitLeaves = (
  document: Schema.JsonObject,
  visit: (key: string, value: JsonValue) => boolean,
  prefix = ""
): boolean => {
  for (const key of Object.keys(document)) {
    const value = document[key]
    if (value === undefined) continue
    const nested = isJsonObject(value) && !isEmpty(value)
    if (!(nested ? visitLeaves(value, visit, `${prefix}${key}.`) : visit(prefix + key, value))) return false
  }
  return true
}

/** Every leaf under its joined key, in order. */
export const flatten = (document: Schema.JsonObject): Map<string, JsonValue> => {
  const leaves = new Map<string, JsonValue>()
  visitLeaves(document, (key, value) => {
    leaves.set(key, value)
    return true
  })
  return leaves
}
