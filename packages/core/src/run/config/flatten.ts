/** Nested documents as flat ones: keys joined with dots. Filters, summaries and diffs all speak of fields this way. */
import type { Schema } from "effect"

export type JsonValue = Schema.Json

export const isJsonObject = (value: JsonValue | undefined): value is Schema.JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Calls `visit` for every leaf; arrays, empty objects and null are leaves. */
export const visitLeaves = (
  document: Schema.JsonObject,
  visit: (key: string, value: JsonValue) => void,
  prefix = ""
): void => {
  for (const key of Object.keys(document)) {
    const value = document[key]
    if (value === undefined) continue
    if (isJsonObject(value) && Object.keys(value).length > 0) visitLeaves(value, visit, `${prefix}${key}.`)
    else visit(prefix + key, value)
  }
}

/** Every leaf under its joined key, in order. */
export const flatten = (document: Schema.JsonObject): Map<string, JsonValue> => {
  const leaves = new Map<string, JsonValue>()
  visitLeaves(document, (key, value) => leaves.set(key, value))
  return leaves
}
