/**
 * Turns JSON bodies of `POST …/metrics` into a frame. A point that breaks a rule is left out and named; the others are kept.
 * Rows: `{ rows: [{ step?, timeMs?, values?, texts?, histograms?, records? }] }`. Columns: `{ columns: { step?, timeMs?, values?, texts? } }`.
 */

import { FrameBuilder } from "../frame/FrameBuilder.ts"
import type { RejectedPoint } from "../RejectedPoint.ts"
import { jsonColumns } from "./jsonColumns.ts"
import { jsonRow, type RowState } from "./jsonRow.ts"
import { isObject, type JsonBodyFault, kindOf, maxJsonRows, type RowSource, tooMany } from "./jsonValue.ts"
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

/**
 * Reads a body some rows at a time, so that a large one does not hold up everyone else: `read` until it says that it is done, then
 * `finish`.
 */
export class JsonPointsReader {
  /** What is wrong with the body as a whole; nothing is read then. */
  readonly fault: JsonBodyFault | null
  readonly #rows: number
  readonly #rowAt: (row: number) => unknown
  readonly #builder = new FrameBuilder()
  readonly #rejections: Rejections
  readonly #state: RowState
  #next = 0

  constructor(body: unknown, options: JsonPointsOptions) {
    const source = rowSource(body)
    this.fault = "rule" in source ? source : null
    this.#rows = "rule" in source ? 0 : source.rows
    this.#rowAt = "rule" in source ? () => undefined : source.rowAt
    this.#rejections = new Rejections(options.listed ?? 100)
    this.#state = { nextStep: options.nextStep, now: options.now, records: false }
  }

  /** Reads about `points` points more and says whether the body is done. */
  read(points = Number.POSITIVE_INFINITY): boolean {
    const before = this.#builder.points + this.#rejections.count
    while (this.#next < this.#rows) {
      const row = this.#next++
      jsonRow(this.#rowAt(row), row, this.#state, this.#builder, this.#rejections)
      if (this.#builder.points + this.#rejections.count - before >= points) break
    }
    return this.#next === this.#rows
  }

  finish(): JsonPoints {
    const accepted = this.#builder.points
    return {
      frame: this.#builder.take(),
      accepted,
      rejected: this.#rejections.listed,
      rejectedCount: this.#rejections.count,
      records: this.#state.records,
      nextStep: this.#state.nextStep
    }
  }
}

/** Reads a body at once. */
export const framePointsFromJson = (body: unknown, options: JsonPointsOptions): JsonPoints | JsonBodyFault => {
  const reader = new JsonPointsReader(body, options)
  if (reader.fault !== null) return reader.fault
  reader.read()
  return reader.finish()
}

const rowSource = (body: unknown): RowSource | JsonBodyFault => {
  if (!isObject(body)) return { path: "body", rule: 'must be an object with "rows" or "columns"', got: kindOf(body) }
  const { rows, columns } = body
  if ((rows === undefined) === (columns === undefined)) {
    return {
      path: "body",
      rule: 'must have either "rows" or "columns"',
      got: rows === undefined ? "neither" : "both"
    }
  }
  if (rows === undefined) return jsonColumns(columns)
  if (!Array.isArray(rows)) return { path: "rows", rule: "must be an array of rows", got: kindOf(rows) }
  if (rows.length > maxJsonRows) return tooMany("rows", rows.length)
  return { rows: rows.length, rowAt: (row) => rows[row] }
}
