/** Rows of the history as the client wrote them: one JSON object a line, with step, time and runtime beside the values. */
import type { Histogram, PointBatch } from "@wanllmdb/core"
import { clientName } from "../../run/metricName.ts"
import { printExtendedJson } from "../../wire/extendedJson.ts"
import { fromJson, type Json } from "../../wire/toJson.ts"

/** One value of a row. */
export type RowValue = number | string | Histogram | Json

const isHistogram = (batch: PointBatch): batch is Extract<PointBatch, { readonly kind: "histogram" }> =>
  batch.kind === "histogram"

/** The value at a place of a batch, as the client logged it. */
export const valueAt = (batch: PointBatch, at: number): unknown => {
  if (isHistogram(batch)) {
    const { counts, edges } = batch.values[at]!
    return { _type: "histogram", values: counts, bins: edges }
  }
  if (batch.kind === "record") return fromJson(batch.values[at]! as Json)
  return batch.values[at]
}

/** A row that is put together: its values as JSON texts by name. */
export interface HistoryRow {
  readonly step: number
  timeMs: number
  /** `"name":value`, in order of name. */
  readonly entries: Array<string>
  hasRuntime: boolean
}

export const newRow = (step: number, timeMs: number): HistoryRow => ({ step, timeMs, entries: [], hasRuntime: false })

export const runtimeKey = "_runtime"

/** `"name":`, as it stands before each value. */
export const nameText = (key: string): string => `${JSON.stringify(clientName(key))}:`

export const valueText = (value: unknown): string =>
  typeof value === "number" && Number.isFinite(value) ? String(value) : printExtendedJson(value)

export interface RowTextOptions {
  /** Unix milliseconds that the runtime of rows without one counts from. */
  readonly startedAt: number
}

/** The line, with bare non-finite numbers. */
export const rowText = ({ entries, hasRuntime, step, timeMs }: HistoryRow, { startedAt }: RowTextOptions): string => {
  const runtime = hasRuntime ? "" : `"_runtime":${valueText((timeMs - startedAt) / 1000)},`
  const values = entries.length === 0 ? "" : `${entries.join(",")},`
  return `{${values}${runtime}"_step":${valueText(step)},"_timestamp":${valueText(timeMs / 1000)}}`
}
