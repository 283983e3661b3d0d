/** One line of the client's history or events file as a row of points. */

import { type FrameBuilder, isWellFormed, repeatedNameFault } from "@wanllmdb/core/metric"
import { isFields, type JsonFields } from "../graphql/Variables.ts"
import { metricName } from "../run/metricName.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"
import { type Json, toJson } from "../wire/toJson.ts"
import { readHistogram, type SeriesHistogram } from "./histogram.ts"
import { isKnown, type KnownRows, markOf } from "./repeatedRows.ts"

export interface RowOptions {
  /** Number of the row: its step where it tells none and nobody else gives one. */
  readonly row: number
  /** Gives the step of a row that tells none. */
  readonly stepOf: (() => number) | null
  /** Rows that the run has already under other numbers. */
  readonly known: KnownRows | null
  /** Unix milliseconds, for a row that tells no time. */
  readonly now: number
  /** Names that the row keeps for itself: they become no points. */
  readonly unkept: ReadonlySet<string>
  /** Called with the name and the rule of each value that cannot be kept. */
  readonly onReject: (name: string, rule: string) => void
}

const maxDepth = 32
const maxStep = 2 ** 53

/** Values of one row by kind. A name stands under one kind only: the one that came last. */
class Row {
  readonly values: Record<string, number> = Object.create(null) as Record<string, number>
  texts: Record<string, string> | null = null
  histograms: Record<string, SeriesHistogram> | null = null
  records: Record<string, Json> | null = null
  #onReject: RowOptions["onReject"]

  constructor(onReject: RowOptions["onReject"]) {
    this.#onReject = onReject
  }

  put(given: string, value: unknown, depth: number): void {
    const name = metricName(given)
    const fault = repeatedNameFault(name)
    if (fault !== null) {
      this.#onReject(name.slice(0, 120), fault)
      return
    }
    if (typeof value === "number") {
      this.values[name] = value
      return
    }
    if (typeof value === "boolean") this.values[name] = value ? 1 : 0
    else if (typeof value === "string") this.#text(name, value)
    else if (isFields(value)) this.#object(name, value, depth)
    else if (Array.isArray(value)) this.#record(name, value)
  }

  #text(name: string, value: string): void {
    this.#forget(name)
    this.texts ??= Object.create(null) as Record<string, string>
    this.texts[name] = isWellFormed(value) ? value : value.toWellFormed()
  }

  #object(name: string, value: JsonFields, depth: number): void {
    if (value._type === "histogram") {
      const histogram = readHistogram(value)
      if (histogram !== null) {
        this.#forget(name)
        this.histograms ??= Object.create(null) as Record<string, SeriesHistogram>
        this.histograms[name] = histogram
        return
      }
    }
    const keys = Object.keys(value)
    // What has a type of its own is media and stays whole; other objects are names within names.
    if (typeof value._type === "string" || keys.length === 0) this.#record(name, value)
    else if (depth >= maxDepth) this.#onReject(name, `objects stand at most ${maxDepth} deep`)
    else for (const key of keys) this.put(`${name}.${key}`, value[key], depth + 1)
  }

  #record(name: string, value: unknown): void {
    let json: Json
    try {
      json = toJson(value)
    } catch (error) {
      if (!(error instanceof ClientFault)) throw error
      this.#onReject(name, error.message)
      return
    }
    this.#forget(name)
    this.records ??= Object.create(null) as Record<string, Json>
    this.records[name] = json
  }

  #forget(name: string): void {
    delete this.values[name]
    for (const kind of [this.texts, this.histograms, this.records]) if (kind !== null) delete kind[name]
  }
}

const fieldsOf = (line: string, onReject: RowOptions["onReject"]): JsonFields | null => {
  try {
    const fields = parseExtendedJson(line)
    if (isFields(fields)) return fields
    onReject("", "a row is a JSON object")
  } catch {
    onReject("", "a row is JSON")
  }
  return null
}

const stepOf = ({ _step }: JsonFields, options: RowOptions): number =>
  typeof _step === "number" && Math.abs(_step) <= maxStep ? _step : (options.stepOf?.() ?? options.row)

const timeOf = ({ _timestamp }: JsonFields, now: number): number => {
  const timeMs = typeof _timestamp === "number" ? _timestamp * 1000 : now
  return Number.isFinite(timeMs) ? timeMs : now
}

/**
 * Adds the line's points to the builder and gives the row's time. A line that is no JSON object is named and left out, a row
 * that the run has already is left out.
 */
export const addRow = (builder: FrameBuilder, line: string, options: RowOptions): number => {
  const { known, now, onReject, unkept } = options
  const fields = fieldsOf(line, onReject)
  if (fields === null) return Number.NEGATIVE_INFINITY
  const timeMs = timeOf(fields, now)
  const mark = known === null ? null : markOf(fields)
  if (known !== null && mark !== null && isKnown(known, mark)) return timeMs
  const step = stepOf(fields, options)
  const row = new Row(onReject)
  for (const name in fields) {
    if (!unkept.has(name)) row.put(name, fields[name], 0)
  }
  const { histograms, records, texts, values } = row
  if (texts === null && histograms === null && records === null) {
    builder.add(step, timeMs, values)
    return timeMs
  }
  builder.add(step, timeMs, values, {
    ...(texts !== null && { texts }),
    ...(histograms !== null && { histograms }),
    ...(records !== null && { records })
  })
  return timeMs
}
