/**
 * Takes the values of one `log` call apart: numbers into two parallel lists, texts and histograms apart, nested objects
 * under dotted names. What cannot be stored is named with the rule it breaks; the rest is kept.
 */
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
  readonly faults: Array<{ readonly key: string; readonly rule: string }>
}

export const maxNameBytes = 1024
const maxTextBytes = 1 << 20
const maxDepth = 16
const utf8 = new TextEncoder()

export const sortValues = (values: unknown): SortedValues => {
  const sorted: SortedValues = {
    names: [],
    numbers: [],
    texts: Object.create(null) as Record<string, string>,
    histograms: Object.create(null) as SortedValues["histograms"],
    hasRest: false,
    faults: []
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    sorted.faults.push({ key: "", rule: `log takes an object of values, got ${kindOf(values)}` })
    return sorted
  }
  visit(sorted, "", values as Record<string, unknown>, 0)
  return sorted
}

export const nameFault = (name: string): string | null => {
  if (name === "") return "a name must not be empty"
  // A UTF-16 unit is at most three bytes, so short names need no encoding to know.
  if (name.length * 3 <= maxNameBytes) return null
  const bytes = utf8.encode(name).length
  return bytes <= maxNameBytes ? null : `a name has at most ${maxNameBytes} bytes, got ${bytes}`
}

const visit = (sorted: SortedValues, prefix: string, values: Record<string, unknown>, depth: number): void => {
  for (const key of Object.keys(values)) {
    const name = prefix + key
    const value = values[key]
    if (value === undefined || value === null) continue
    const fault = nameFault(name)
    if (fault !== null) sorted.faults.push({ key: name.slice(0, 80), rule: fault })
    else place(sorted, name, value, depth)
  }
}

const place = (sorted: SortedValues, name: string, value: unknown, depth: number): void => {
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
  } else if (typeof value === "object" && value !== null && isPlain(value)) {
    if (depth >= maxDepth) sorted.faults.push({ key: name, rule: `values nest at most ${maxDepth} deep` })
    else visit(sorted, `${name}.`, value as Record<string, unknown>, depth + 1)
  } else {
    sorted.faults.push({
      key: name,
      rule: `must be a number, boolean, text, Histogram or an object of those, got ${kindOf(value)}`
    })
  }
}

const isPlain = (value: object): boolean => {
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
