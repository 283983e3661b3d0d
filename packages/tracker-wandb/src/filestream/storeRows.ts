/**
 * Stores the rows of one numbered file of a run. Rows that were received before are left out, so a client may send the same
 * lines again, overlap them, or fill a gap later; each row is stored once, whichever server takes it.
 */
import type { RunId } from "@wanllmdb/core"
import { FrameBuilder, missingRows, type RowRange } from "@wanllmdb/core/metric"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"
import type { FileLines } from "./fileStreamBody.ts"
import { addRow } from "./historyRow.ts"

export type NumberedFile = "history" | "events"

/** Lines that are read before others get their turn, by their characters: a few milliseconds. */
const charactersAtOnce = 256 * 1024
/** Attempts while others store rows of the same client. */
const attempts = 8

/** Step and time stand with every point. `_runtime` counts the rows of the history, so samples of the machine leave it out. */
const unkept: Readonly<Record<NumberedFile, ReadonlySet<string>>> = {
  history: new Set(["_step", "_timestamp", "_wandb"]),
  events: new Set(["_step", "_timestamp", "_wandb", "_runtime"])
}

export interface Rejection {
  readonly row: number
  readonly name: string
  readonly rule: string
}

export interface StoreRowsInput {
  readonly run: RunId
  readonly file: NumberedFile
  readonly client: string
  readonly rows: FileLines
  readonly onReject: (rejection: Rejection) => void
}

/** Where each client's rows ended lately: the next rows nearly always follow them, which saves a look at the store. */
const ends = new Map<string, number>()
const mostEnds = 10_000

const remember = (place: string, end: number): void => {
  ends.delete(place)
  ends.set(place, end)
  if (ends.size > mostEnds) ends.delete(ends.keys().next().value ?? "")
}

export const storeRows = Effect.fnUntraced(function* (engine: Call["engine"], input: StoreRowsInput) {
  const { client, file: stream, rows, run } = input
  const { offset: from } = rows
  const to = from + rows.lines.length
  if (to === from) return
  const place = JSON.stringify([run, stream, client])
  const now = yield* Clock.currentTimeMillis
  for (let attempt = 0; attempt < attempts; attempt++) {
    const follows = attempt === 0 && ends.get(place) === from
    const ranges: ReadonlyArray<RowRange> = follows
      ? []
      : yield* engine.metricStore.receivedRows({ run, stream, client })
    let isBeaten = false
    for (const [start, end] of missingRows(ranges, from, to)) {
      const frame = yield* frameOf(input, start, end, now)
      const stored = yield* Effect.result(
        engine.metrics.appendRows(run, frame, { stream, client, from: start, to: end })
      )
      if (stored._tag === "Success") continue
      if (stored.failure._tag !== "RowsReceived") return yield* stored.failure
      isBeaten = true
      break
    }
    if (isBeaten) {
      ends.delete(place)
      continue
    }
    remember(place, to)
    return
  }
  return yield* Effect.die(new Error("other clients store the same rows without end"))
})

const frameOf = Effect.fnUntraced(function* (input: StoreRowsInput, from: number, to: number, now: number) {
  const { onReject, rows } = input
  const builder = new FrameBuilder()
  let read = 0
  for (let number = from; number < to; number++) {
    const line = rows.lines[number - rows.offset]!
    addRow(builder, line, {
      fallbackStep: number,
      now,
      unkept: unkept[input.file],
      onReject: (name, rule) => onReject({ row: number, name, rule })
    })
    read += line.length
    if (read > charactersAtOnce) {
      read = 0
      yield* Effect.yieldNow
    }
  }
  return builder.take()
})
