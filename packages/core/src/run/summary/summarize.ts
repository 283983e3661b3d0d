/** The summary of a run: one value per metric, chosen by the metric's definition, under what the client set itself. */
import type { Schema } from "effect"
import type { MetricDefinition } from "../../metric/MetricDefinition.ts"
import type { KeySummary } from "../../metric/MetricQuery.ts"
import { flatten, type JsonValue } from "../config/flatten.ts"
import type { MetricFigures } from "../RunStore.ts"

/** Non-finite numbers are strings in JSON. */
const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value))
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What is remembered of the run's metrics; histograms and records have no figure. */
export const figuresOf = (summaries: ReadonlyArray<KeySummary>): Readonly<Record<string, MetricFigures>> =>
  Object.fromEntries(
    summaries.flatMap((summary): Array<[string, MetricFigures]> => {
      if (summary.kind === "text") {
        return [[summary.key, { last: summary.lastText ?? null, min: null, max: null, mean: null }]]
      }
      if (summary.kind !== "number" || summary.count === 0) return []
      return [
        [
          summary.key,
          {
            last: jsonNumber(summary.last),
            min: finiteOrNull(summary.min),
            max: finiteOrNull(summary.max),
            mean: finiteOrNull(summary.mean)
          }
        ]
      ]
    })
  )

/** The definition that holds for a key: its own, or the longest pattern that fits. */
export const definitionFor = (
  definitions: ReadonlyArray<MetricDefinition>
): ((key: string) => MetricDefinition | undefined) => {
  const exact = new Map(definitions.map((definition) => [definition.name, definition]))
  const patterns = definitions
    .filter(({ name }) => name.endsWith("*"))
    .map((definition) => ({ prefix: definition.name.slice(0, -1), definition }))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  return (key) => exact.get(key) ?? patterns.find(({ prefix }) => key.startsWith(prefix))?.definition
}

const chosen = (figures: MetricFigures, definition: MetricDefinition | undefined): JsonValue => {
  switch (definition?.summary ?? "last") {
    case "none":
      return null
    case "min":
      return figures.min
    case "max":
      return figures.max
    case "mean":
      return figures.mean
    case "best":
      return definition?.goal === "maximize"
        ? figures.max
        : definition?.goal === "minimize"
          ? figures.min
          : figures.last
    default:
      return figures.last
  }
}

/** What the run shows as its summary; `userSummary` is flat already. */
export const summarize = (
  figures: Readonly<Record<string, MetricFigures>>,
  definitions: ReadonlyArray<MetricDefinition>,
  userSummary: Schema.JsonObject
): Schema.JsonObject => {
  const definition = definitionFor(definitions)
  const summary = new Map<string, JsonValue>()
  for (const [key, figure] of Object.entries(figures)) {
    const value = chosen(figure, definition(key))
    if (value !== null) summary.set(key, value)
  }
  for (const [key, value] of Object.entries(userSummary)) if (value !== undefined) summary.set(key, value)
  return Object.fromEntries(summary)
}

/** Whether the key or what it lies below is among the removed. */
const isRemoved = (key: string, removed: ReadonlySet<string>): boolean => {
  if (removed.has(key)) return true
  for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
    if (removed.has(key.slice(0, dot))) return true
  }
  return false
}

/**
 * A patch of the client's summary merged in: nested keys joined with dots, null removes the key and what lies below it, before
 * the values of the patch are set. One pass over each, however many keys are removed.
 */
export const patchSummary = (userSummary: Schema.JsonObject, patch: Schema.JsonObject): Schema.JsonObject => {
  const values = flatten(patch)
  const removed = new Set<string>()
  for (const [key, value] of values) if (value === null) removed.add(key)
  const merged = new Map<string, JsonValue>()
  for (const [key, value] of Object.entries(userSummary)) {
    if (value !== undefined && (removed.size === 0 || !isRemoved(key, removed))) merged.set(key, value)
  }
  for (const [key, value] of values) if (value !== null) merged.set(key, value)
  return Object.fromEntries(merged)
}
