/**
 * Finds rows that a run has already under another number. `wandb sync` on a folder that was synced before sends the same rows
 * after the ones that are there; only what they say of themselves (step, time, seconds since the start) tells that they are the same.
 */

import type { RowRange } from "@wanllmdb/core/metric"
import { Effect, Stream } from "effect"
import type { Call } from "../call/Call.ts"
import { isFields } from "../graphql/Variables.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"
import type { StoreRowsInput } from "./storeRows.ts"

/** What a row says of itself. */
export interface RowMark {
  readonly step: number
  readonly timeMs: number
  readonly runtime: number
}

/** Steps to the times and seconds of the rows that stand there. */
export type KnownRows = ReadonlyMap<number, ReadonlyArray<Omit<RowMark, "step">>>

export const markOf = (fields: Readonly<Record<string, unknown>>): RowMark | null => {
  const { _runtime, _step, _timestamp } = fields
  if (typeof _step !== "number" || typeof _timestamp !== "number" || typeof _runtime !== "number") return null
  return { step: _step, timeMs: _timestamp * 1000, runtime: _runtime }
}

export const readRowMark = (line: string): RowMark | null => {
  try {
    const fields = parseExtendedJson(line)
    return isFields(fields) ? markOf(fields) : null
  } catch {
    return null
  }
}

export const isKnown = (known: KnownRows, { runtime, step, timeMs }: RowMark): boolean =>
  known.get(step)?.some((row) => row.timeMs === timeMs && row.runtime === runtime) ?? false

/** Begins the names that processes get which log under one id without telling. */
export const strangerSign = "~"

/** Writers of shared mode say who they are, and let the server number their steps. */
export const isSharedWriter = (client: string): boolean => client !== "" && !client.startsWith(strangerSign)

/** Rows of the run between the first and the last step of these; null where there are none. */
export const knownRows = Effect.fnUntraced(function* (
  engine: Call["engine"],
  { client, file, rows, run }: StoreRowsInput,
  missing: ReadonlyArray<RowRange>
) {
  // Samples of the machine say less of themselves.
  if (file !== "history" || isSharedWriter(client)) return null
  const ends = missing.flatMap(([from, to]) => [from, to - 1])
  const steps = ends.flatMap((row) => readRowMark(rows.lines[row - rows.offset]!)?.step ?? [])
  if (steps.length === 0) return null
  const window = { from: Math.min(...steps), to: Math.max(...steps) }
  const known = new Map<number, Array<Omit<RowMark, "step">>>()
  yield* Stream.runForEach(engine.metricStore.scan({ run, key: "_runtime", repeats: "all", ...window }), (batch) =>
    Effect.sync(() => {
      if (batch.kind !== "number") return
      for (let i = 0; i < batch.steps.length; i++) {
        const row = { timeMs: batch.times[i]!, runtime: batch.values[i]! }
        const present = known.get(batch.steps[i]!)
        if (present === undefined) known.set(batch.steps[i]!, [row])
        else present.push(row)
      }
    })
  )
  return known.size === 0 ? null : known
})

/** Those of the rows that the run holds under no number. Rows that say nothing of themselves count as held. */
export const unknownRows = Effect.fnUntraced(function* (
  engine: Call["engine"],
  input: StoreRowsInput,
  ranges: ReadonlyArray<RowRange>
) {
  if (input.file !== "history" || isSharedWriter(input.client)) return []
  const known = (yield* knownRows(engine, input, ranges)) ?? new Map()
  const unknown: Array<[from: number, to: number]> = []
  for (const [from, to] of ranges) {
    for (let row = from; row < to; row++) {
      const mark = readRowMark(input.rows.lines[row - input.rows.offset]!)
      if (mark === null || isKnown(known, mark)) continue
      const last = unknown.at(-1)
      if (last?.[1] === row) last[1] = row + 1
      else unknown.push([row, row + 1])
    }
    yield* Effect.yieldNow
  }
  return unknown
})
