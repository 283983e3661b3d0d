/** Metric answers as JSON. */
import type { BucketSeries, KeySummary, MetricDefinition } from "@wanllmdb/core"
import { finiteOrNull, finitesOrNulls, numberJson, numbersJson } from "./numberJson.ts"

export const keySummaryJson = (summary: KeySummary, definition: MetricDefinition | null) => ({
  key: summary.key,
  kind: summary.kind,
  count: summary.count,
  firstStep: summary.firstStep,
  lastStep: summary.lastStep,
  firstTimeMs: summary.firstTimeMs,
  lastTimeMs: summary.lastTimeMs,
  last: summary.kind === "number" ? numberJson(summary.last) : (summary.lastText ?? null),
  min: finiteOrNull(summary.min),
  max: finiteOrNull(summary.max),
  mean: finiteOrNull(summary.mean),
  minStep: finiteOrNull(summary.minStep),
  maxStep: finiteOrNull(summary.maxStep),
  nan: summary.nan,
  posInf: summary.posInf,
  negInf: summary.negInf,
  definition
})

/** The definition that counts for a key: its own name before patterns, the longest pattern first. */
export const definitionOf = (definitions: ReadonlyArray<MetricDefinition>, key: string): MetricDefinition | null => {
  let best: MetricDefinition | null = null
  for (const definition of definitions) {
    const { name } = definition
    if (name === key) return definition
    const matches = name.endsWith("*") && key.startsWith(name.slice(0, -1))
    if (matches && (best === null || name.length > best.name.length)) best = definition
  }
  return best
}

/** The live cursor from which a watcher of points goes on after this answer. */
export const pointsCursor = (cursor: number): string => `p${cursor}`

export const bucketSeriesJson = (series: BucketSeries) => ({
  run: series.run,
  key: series.key,
  width: series.width,
  cursor: pointsCursor(series.cursor),
  x: numbersJson(series.x),
  firstX: numbersJson(series.firstX),
  lastX: numbersJson(series.lastX),
  min: finitesOrNulls(series.min),
  max: finitesOrNulls(series.max),
  mean: finitesOrNulls(series.mean),
  sum: numbersJson(series.sum),
  first: numbersJson(series.first),
  last: numbersJson(series.last),
  count: Array.from(series.count),
  nan: Array.from(series.nan),
  posInf: Array.from(series.posInf),
  negInf: Array.from(series.negInf)
})
