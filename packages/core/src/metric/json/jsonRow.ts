/** One JSON row: its step and time, and each of its values by the rules of its kind. */
import type { FrameBuilder } from "../frame/FrameBuilder.ts"
import { isWellFormed, repeatedNameFault } from "../frame/keyName.ts"
import { isTooDeep, recordDepthRule } from "../frame/recordDepth.ts"
import type { Histogram, Json } from "../MetricQuery.ts"
import { isJsonStep, isJsonTime, jsonNumber } from "./jsonNumber.ts"
import { isObject, kindOf } from "./jsonValue.ts"
import type { Rejections } from "./Rejections.ts"

/** What rows without a step or time get, and what the rows so far had. */
export interface RowState {
  /** One more than the greatest step so far. */
  nextStep: number
  readonly now: number
  /** Whether a JSON record was among the points. */
  records: boolean
}

const parts = ["values", "texts", "histograms", "records"] as const
const rowFields: ReadonlySet<string> = new Set(["step", "timeMs", ...parts])

/** Adds the row's sound points to the builder. */
export const jsonRow = (
  value: unknown,
  row: number,
  state: RowState,
  builder: FrameBuilder,
  rejections: Rejections
): void => {
  const path = `rows[${row}]`
  if (!isObject(value)) {
    rejections.add(row, "", "a row is an object", `${path}: must be an object, got ${kindOf(value)}`)
    return
  }
  for (const field in value) {
    if (rowFields.has(field)) continue
    const rule = "a row has step, timeMs, values, texts, histograms and records only"
    rejections.add(row, field, rule, `${path}.${field}: unknown field; metrics stand under "values"`)
  }
  const { step = state.nextStep, timeMs = state.now } = value
  if (!isJsonStep(step)) {
    rejectRow(value, row, "step is a finite number of at most 2^53", `${path}.step: got ${kindOf(step)}`, rejections)
    return
  }
  if (!isJsonTime(timeMs)) {
    rejectRow(value, row, "timeMs is a finite number", `${path}.timeMs: got ${kindOf(timeMs)}`, rejections)
    return
  }
  state.nextStep = Math.max(state.nextStep, Math.floor(step) + 1)
  const values: Record<string, number> = Object.create(null)
  let added = take(
    value.values,
    `${path}.values`,
    row,
    rejections,
    (key, entry) => {
      const number = jsonNumber(entry)
      if (number !== null) {
        if (key in values) return "a key has one value a row"
        values[key] = number
        return null
      }
      const hint = typeof entry === "string" ? ' (strings go under "texts")' : ""
      return `value must be a number, "NaN", "Infinity" or "-Infinity", got ${kindOf(entry)}${hint}`
    },
    { prefix: "", depth: 0 }
  )
  if (value.texts === undefined && value.histograms === undefined && value.records === undefined) {
    if (added > 0) builder.add(step, timeMs, values)
    return
  }
  const texts: Record<string, string> = Object.create(null)
  added += take(value.texts, `${path}.texts`, row, rejections, (key, entry) => {
    if (typeof entry !== "string") return `text must be a string, got ${kindOf(entry)}`
    if (!isWellFormed(entry)) return "text must be well-formed Unicode"
    if (key in values) return "a key has one value a row"
    texts[key] = entry
    return null
  })
  const histograms: Record<string, Histogram> = Object.create(null)
  added += take(value.histograms, `${path}.histograms`, row, rejections, (key, entry) => {
    if (!isHistogram(entry)) return "histogram must have n + 1 ascending edges and n counts of at least 0"
    if (key in values || key in texts) return "a key has one value a row"
    histograms[key] = entry
    return null
  })
  const records: Record<string, Json> = Object.create(null)
  const recordCount = take(value.records, `${path}.records`, row, rejections, (key, entry) => {
    if (isTooDeep(entry)) return recordDepthRule
    if (!isWellFormed(JSON.stringify(entry))) return "record must be well-formed Unicode"
    if (key in values || key in texts || key in histograms) return "a key has one value a row"
    records[key] = entry as Json
    return null
  })
  if (added + recordCount === 0) return
  builder.add(step, timeMs, values, { texts, histograms, records })
  if (recordCount > 0) state.records = true
}

/** As deep as the clients' own `log` takes values apart. */
const maxDepth = 16

/** How objects among the entries are taken apart: `{ "eval": { "loss": 1 } }` is `eval.loss`. */
interface Nesting {
  readonly prefix: string
  readonly depth: number
}

/**
 * Hands each entry with a sound name to `accept`, which gives the rule it breaks or null; gives how many it took. Without
 * `nesting` objects are values like any other.
 */
const take = (
  entries: unknown,
  path: string,
  row: number,
  rejections: Rejections,
  accept: (key: string, entry: unknown) => string | null,
  nesting: Nesting | null = null
): number => {
  if (entries === undefined) return 0
  if (!isObject(entries)) {
    rejections.add(row, "", "is an object of key and value", `${path}: must be an object, got ${kindOf(entries)}`)
    return 0
  }
  let taken = 0
  for (const name of Object.keys(entries)) {
    const entry = entries[name]
    const key = nesting === null || nesting.depth === 0 ? name : nesting.prefix + name
    let rule: string | null
    if (nesting !== null && isObject(entry)) {
      rule = nestedFault(entry, nesting)
      if (rule === null) {
        const inner = { prefix: `${key}.`, depth: nesting.depth + 1 }
        taken += take(entry, `${path}[${JSON.stringify(name)}]`, row, rejections, accept, inner)
        continue
      }
    } else {
      rule = repeatedNameFault(key) ?? accept(key, entry)
      if (rule === null) {
        taken++
        continue
      }
    }
    rejections.add(row, key, rule, `${path}[${JSON.stringify(name)}]: ${rule}`)
  }
  return taken
}

const nestedFault = (entry: object, { depth }: Nesting): string | null => {
  if (depth >= maxDepth) return `values nest at most ${maxDepth} deep`
  return Object.keys(entry).length === 0 ? "an object among values has at least one value, got an empty one" : null
}

/** Without a sound step or time none of the row's points can be kept; each is named. */
const rejectRow = (
  value: Readonly<Record<string, unknown>>,
  row: number,
  rule: string,
  message: string,
  rejections: Rejections
): void => {
  let named = 0
  for (const part of parts) {
    const entries = value[part]
    if (!isObject(entries)) continue
    for (const key of Object.keys(entries)) {
      rejections.add(row, key, rule, message)
      named++
    }
  }
  if (named === 0) rejections.add(row, "", rule, message)
}

const isHistogram = (value: unknown): value is Histogram => {
  if (!isObject(value)) return false
  const { edges, counts } = value
  if (!Array.isArray(edges) || !Array.isArray(counts)) return false
  if (counts.length < 1 || edges.length !== counts.length + 1) return false
  return (
    edges.every((edge, i) => isJsonTime(edge) && (i === 0 || edge > edges[i - 1])) &&
    counts.every((count) => isJsonTime(count) && count >= 0)
  )
}
