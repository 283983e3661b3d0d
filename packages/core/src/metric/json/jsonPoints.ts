/**
 * Turns JSON bodies of `POST …/metrics` into a frame. A point that breaks a rule is left out and named; the others are kept.
 * Rows: `{ rows: [{ step?, timeMs?, values?, texts?, histograms?, records? }] }`. Columns: `{ columns: { step?, timeMs?, values?, texts? } }`.
 */

import { FrameBuilder } from "../frame/FrameBuilder.ts"
import type { RejectedPoint } from "../RejectedPoint.ts"
import { jsonColumns } from "./jsonColumns.ts"
import { jsonRow, type RowState } from "./jsonRow.ts"
import { isObject, type JsonBodyFault, kindOf, maxJsonRows, tooMany } from "./jsonValue.ts"
import { Rejections } from "./Rejections.ts"

export interface JsonPointsOptions {
  /** Step of the first row that gives none; later ones take one more than the greatest step so far. */
  readonly nextStep: number
  /** Unix milliseconds of rows that give no time. */
  readonly now: number
  /** How many rejections are listed; all are counted. Default 100. */
  readonly listed?: number | undefined
}

export interface JsonPoints {
  readonly frame: Uint8Array
  readonly accepted: number
  readonly rejected: ReadonlyArray<RejectedPoint>
  readonly rejectedCount: number
  /** Whether the frame has JSON records, which watchers of media wait for. */
  readonly records: boolean
  /** What a further row without a step would get. */
  readonly nextStep: number
}

export const isJsonBodyFault = (result: JsonPoints | JsonBodyFault): result is JsonBodyFault => "rule" in result

export const framePointsFromJson = (body: unknown, options: JsonPointsOptions): JsonPoints | JsonBodyFault => {
  if (!isObject(body)) return { path: "", rule: 'the body is an object with "rows" or "columns"', got: kindOf(body) }
  const { rows, columns } = body
  if ((rows === undefined) === (columns === undefined)) {
    return {
      path: "",
      rule: 'the body has either "rows" or "columns"',
      got: rows === undefined ? "neither" : "both"
    }
  }
  const rejections = new Rejections(options.listed ?? 100)
  const builder = new FrameBuilder()
  const state: RowState = { nextStep: options.nextStep, now: options.now, records: false }
  if (rows !== undefined) {
    if (!Array.isArray(rows)) return { path: "rows", rule: "must be an array of rows", got: kindOf(rows) }
    if (rows.length > maxJsonRows) return tooMany("rows", rows.length)
    for (let row = 0; row < rows.length; row++) {
      jsonRow(rows[row], row, state, builder, rejections)
    }
  } else {
    const fault = jsonColumns(columns, state, builder, rejections)
    if (fault !== null) return fault
  }
  const accepted = builder.points
  return {
    frame: builder.take(),
    accepted,
    rejected: rejections.listed,
    rejectedCount: rejections.count,
    records: state.records,
    nextStep: state.nextStep
  }
}
