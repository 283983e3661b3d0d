/** Makes JSON of whatever a program puts in its config: nothing throws, and what JSON cannot say becomes text that says it. */

const maxDepth = 32
const maxItems = 10_000

export const jsonObject = (value: unknown): Record<string, unknown> => {
  const result = jsonValue(value)
  return typeof result === "object" && result !== null && !Array.isArray(result)
    ? (result as Record<string, unknown>)
    : {}
}

export const jsonValue = (value: unknown): unknown => visit(value, [])

const visit = (value: unknown, path: ReadonlyArray<object>): unknown => {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? value : String(value)
    case "string":
    case "boolean":
      return value
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case "symbol":
      return String(value)
    case "function":
      return `[function ${value.name || "anonymous"}]`
    case "undefined":
      return null
    default:
      return value === null ? null : visitObject(value as object, path)
  }
}

const visitObject = (value: object, path: ReadonlyArray<object>): unknown => {
  if (path.includes(value)) return "[circular]"
  if (path.length >= maxDepth) return "[too deep]"
  const inner = [...path, value]
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString()
    if (value instanceof RegExp || value instanceof URL) return String(value)
    if (value instanceof Error) return `${value.name}: ${value.message}`
    if (value instanceof Map)
      return record(
        [...value].map(([key, item]) => [String(key), item]),
        inner
      )
    if (value instanceof Set) return list([...value], inner)
    if (Array.isArray(value)) return list(value, inner)
    if (ArrayBuffer.isView(value))
      return "length" in value ? list(Array.from(value as Uint8Array), inner) : "[DataView]"
    if ("toJSON" in value && typeof value.toJSON === "function") return visit(value.toJSON(), inner)
    return record(Object.entries(value), inner)
  } catch (error) {
    return `[unreadable: ${error instanceof Error ? error.message : typeof error}]`
  }
}

const list = (items: ReadonlyArray<unknown>, path: ReadonlyArray<object>): unknown => {
  const shown = items.slice(0, maxItems).map((item) => visit(item, path))
  return items.length > maxItems ? [...shown, `… ${items.length} items`] : shown
}

const record = (entries: ReadonlyArray<readonly [string, unknown]>, path: ReadonlyArray<object>): unknown =>
  Object.fromEntries(entries.filter(([, item]) => item !== undefined).map(([key, item]) => [key, visit(item, path)]))
