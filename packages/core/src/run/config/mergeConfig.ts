/** How a config that a client sends meets the one that is there. */
import type { Schema } from "effect"
import { isJsonObject, type JsonValue } from "./flatten.ts"

/**
 * `deep` (default): objects merge key by key, everything else replaces. `keys`: each key that is sent replaces that key whole.
 * `replace`: what is sent is the config.
 */
export type ConfigMerge = "deep" | "keys" | "replace"

/** The config after `sent` came; gives `present` itself when nothing differs. */
export const nextConfig = (
  present: Schema.JsonObject,
  sent: Schema.JsonObject,
  merge: ConfigMerge
): Schema.JsonObject => {
  if (merge === "deep") return mergeConfig(present, sent)
  const next = merge === "replace" ? sent : { ...present, ...sent }
  return equalJson(present, next) ? present : next
}

/** Deep merge. `over` laid over `base`; neither is changed. Gives `base` itself when nothing differs. */
export const mergeConfig = (base: Schema.JsonObject, over: Schema.JsonObject): Schema.JsonObject => {
  // Entries and not assignments: a key named `__proto__` must stay a key.
  const merged = new Map<string, JsonValue>(Object.entries(base))
  let changed = false
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key)
    const next = isJsonObject(before) && isJsonObject(value) ? mergeConfig(before, value) : value
    if (before !== undefined && equalJson(before, next)) continue
    merged.set(key, next)
    changed = true
  }
  return changed ? Object.fromEntries(merged) : base
}

/** Whether two JSON values are the same, without regard to the order of keys. */
export const equalJson = (a: JsonValue | undefined, b: JsonValue | undefined): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value: JsonValue, index) => equalJson(value, b[index]))
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  )
}
