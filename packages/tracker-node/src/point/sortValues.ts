/**
 * Takes the values of one `log` call apart: numbers into two parallel lists, texts and histograms apart, nested objects
 * under dotted names. What cannot be stored is named with the rule it breaks; the rest is kept.
 */
import { keyNameFault } from "@wanllmdb/core/metric"
import { Histogram } from "./Histogram.ts"

export type LogValue =
  | number
  | bigint
  | boolean
  | string
  | Histogram
  | null
  | undefined
  | { readonly [key: string]: LogValue }

export interface SortedValues {
  readonly names: string[]
  readonly numbers: number[]
  readonly texts: Record<string, string>
  readonly histograms: Record<string, { edges: number[]; counts: number[] }>
  hasRest: boolean
  /** Names that have a value; a dotted name and a nested one may be the same. */
  readonly seen: Set<string>
  readonly faults: Array<{ readonly key: string; readonly rule: string }>
}

const maxTextBytes = 1 << 20
const maxDepth = 16

export const sortValues = (values: unknown): SortedValues => {
  const sorted: SortedValues = {
    names: [],
    numbers: [],
    texts: Object.create(null) as Record<string, string>,
    histograms: Object.create(null) as SortedValues["histograms"],
    hasRest: false,
    seen: new Set(),
    faults: []
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    sorted.faults.push({ key: "", rule: `log takes an object of values, got ${kindOf(values)}` })
    return sorted
  }
  visit(sorted, "", values as Record<string, unknown>, 0)
  return sorted
}

const visit = (sorted: SortedValues, prefix: string, values: Record<string, unknown>, depth: number): void => {
  for (const key of keysOf(sorted, prefix, values)) {
    const name = prefix + key
    // A getter or a proxy that throws costs its own value and no other.
    try {
      const value = values[key]
      if (value === undefined || value === null) continue
      const fault = keyNameFault(name)
      if (fault !== null) sorted.faults.push({ key: name.slice(0, 80), rule: fault })
      else place(sorted, name, value, depth)
    } catch (error) {
      sorted.faults.push({ key: name.slice(0, 80), rule: unreadable(error) })
    }
  }
}

const keysOf = (sorted: SortedValues, prefix: string, values: object): ReadonlyArray<string> => {
  try {
    return Object.keys(values)
  } catch (error) {
    sorted.faults.push({ key: prefix.slice(0, -1), rule: unreadable(error) })
    return []
  }
}

const unreadable = (error: unknown): string =>
  `cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : typeof error}`

const place = (sorted: SortedValues, name: string, value: unknown, depth: number): void => {
  if (!isNested(value)) {
    if (sorted.seen.has(name)) {
      sorted.faults.push({ key: name, rule: "has two values in one call; the first is kept" })
      return
    }
    sorted.seen.add(name)
  }
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") {
    sorted.names.push(name)
    sorted.numbers.push(Number(value))
  } else if (typeof value === "string") {
    if (value.length > maxTextBytes) sorted.faults.push({ key: name, rule: "a text has at most 1 MiB" })
    else {
      sorted.texts[name] = value
      sorted.hasRest = true
    }
  } else if (value instanceof Histogram) {
    const fault = value.fault()
    if (fault !== null) sorted.faults.push({ key: name, rule: fault })
    else {
      sorted.histograms[name] = { edges: [...value.edges], counts: [...value.counts] }
      sorted.hasRest = true
    }
  } else if (isNested(value)) {
    if (depth >= maxDepth) sorted.faults.push({ key: name, rule: `values nest at most ${maxDepth} deep` })
    else visit(sorted, `${name}.`, value, depth + 1)
  } else {
    sorted.faults.push({
      key: name,
      rule: `must be a number, boolean, text, Histogram or an object of those, got ${kindOf(value)}`
    })
  }
}

const isNested = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export const kindOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === "object" || typeof value === "function") {
    const name = (value as { constructor?: { name?: unknown } }).constructor?.name
    return typeof name === "string" && name !== "" ? name : typeof value
  }
  return typeof value
}
