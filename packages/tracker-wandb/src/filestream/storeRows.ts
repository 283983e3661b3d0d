/**
 * Stores the rows of one numbered file of a run. Rows that were received before are left out, so a client may send the same
 * lines again, overlap them, or fill a gap later; each row is stored once, whichever server takes it. Long bodies are stored
 * in parts, each with its own rows, so that no part holds others up.
 */
import type { InvalidInput, RunId, RunNotFound, StoreError } from "@wanllmdb/core"
import { FrameBuilder, missingRows, type RowRange } from "@wanllmdb/core/metric"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"
import type { FileLines } from "./fileStreamBody.ts"
import { addRow } from "./historyRow.ts"
import { RowSteps } from "./RowSteps.ts"
import { isSharedWriter, type KnownRows, knownRows, readRowMark, strangerSign, unknownRows } from "./repeatedRows.ts"

export type NumberedFile = "history" | "events"

/** Lines that are read before others get their turn, by their characters: a few milliseconds. */
const charactersAtOnce = 128 * 1024
/** Lines that one frame holds at most, by their characters: it is written and checked in one go. */
const charactersAFrame = 768 * 1024
/** Frames of one body that wait for their commit while the next is put together. */
const framesUnderWay = 4
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

/** Where each client's rows ended lately, and their newest time: the next rows nearly always follow, which saves a look at the store. */
const ends = new Map<string, { readonly end: number; readonly timeMs: number }>()
const mostEnds = 10_000

const steps = new RowSteps()

const remember = (place: string, end: number, timeMs: number): void => {
  const before = ends.get(place)?.timeMs ?? Number.NEGATIVE_INFINITY
  ends.delete(place)
  ends.set(place, { end, timeMs: Math.max(timeMs, before) })
  if (ends.size > mostEnds) ends.delete(ends.keys().next().value ?? "")
}

export const storeRows = Effect.fnUntraced(function* (
  engine: Call["engine"],
  input: StoreRowsInput
): Effect.fn.Return<void, RunNotFound | InvalidInput | StoreError> {
  const { client, file: stream, rows, run } = input
  const { offset: from } = rows
  const to = from + rows.lines.length
  if (to === from) return
  const place = JSON.stringify([run, stream, client])
  const now = yield* Clock.currentTimeMillis
  for (let attempt = 0; attempt < attempts; attempt++) {
    const last = ends.get(place)
    const follows = attempt === 0 && last?.end === from
    const ranges: ReadonlyArray<RowRange> = follows
      ? []
      : yield* engine.metricStore.receivedRows({ run, stream, client })
    const missing = missingRows(ranges, from, to)
    const first = missing[0]
    if (first === undefined) return yield* storeStrangers(engine, input, [[from, to]])
    const mark = readRowMark(rows.lines[first[0] - from]!)
    const known = yield* follows && mark !== null && mark.timeMs > last.timeMs
      ? Effect.succeed(null)
      : knownRows(engine, input, missing)
    const builder = yield* RowFrames.make(engine, input, now, known)
    const parts = missing.flatMap((range) => partsOf(rows, range))
    const stored = yield* Effect.result(
      Effect.forEach(
        parts,
        ([start, end]) =>
          Effect.flatMap(builder.frame(start, end), (frame) =>
            engine.metrics.appendRows(run, frame, { stream, client, from: start, to: end })
          ),
        { concurrency: framesUnderWay, discard: true }
      )
    )
    if (stored._tag === "Success") {
      remember(place, to, builder.newestMs)
      return yield* storeStrangers(engine, input, missingRows(missing, from, to))
    }
    ends.delete(place)
    if (stored.failure._tag !== "RowsReceived") return yield* stored.failure
  }
  return yield* Effect.die(new Error("other clients store the same rows without end"))
})

/** Processes that log under one id without telling, beyond which rows are named as not kept. */
const mostProcesses = 64

/**
 * Rows whose numbers were received before are a repeat, nearly always. But where every process of a job opens the same run, each
 * numbers from 0: a row that the run does not hold is another process's, and is kept under a name for it.
 */
const storeStrangers = Effect.fnUntraced(function* (
  engine: Call["engine"],
  input: StoreRowsInput,
  received: ReadonlyArray<RowRange>
) {
  const { client, onReject, rows } = input
  const strange = received.length === 0 ? [] : yield* unknownRows(engine, input, received)
  if (strange.length === 0) return
  const process = client === "" ? 2 : Number(client.slice(1)) + 1
  for (const [from, to] of strange) {
    if (process > mostProcesses) {
      onReject({ row: from, name: "", rule: `at most ${mostProcesses} processes log under one id` })
      continue
    }
    const lines = rows.lines.slice(from - rows.offset, to - rows.offset)
    yield* storeRows(engine, { ...input, client: `${strangerSign}${process}`, rows: { offset: from, lines } })
  }
})

/** Ranges of at most about `charactersAFrame` characters, and at least one row. */
const partsOf = ({ lines, offset }: FileLines, [from, to]: RowRange): ReadonlyArray<RowRange> => {
  const parts: Array<RowRange> = []
  let start = from
  let characters = 0
  for (let row = from; row < to; row++) {
    const { length } = lines[row - offset]!
    if (row > start && characters + length > charactersAFrame) {
      parts.push([start, row])
      start = row
      characters = 0
    }
    characters += length
  }
  parts.push([start, to])
  return parts
}

/** Puts frames together from lines of one body. */
class RowFrames {
  newestMs = Number.NEGATIVE_INFINITY
  readonly #input: StoreRowsInput
  readonly #now: number
  readonly #known: KnownRows | null
  readonly #nextStep: (() => number) | null

  private constructor(
    input: StoreRowsInput,
    { known, nextStep, now }: { now: number; known: KnownRows | null; nextStep: (() => number) | null }
  ) {
    this.#input = input
    this.#now = now
    this.#known = known
    this.#nextStep = nextStep
  }

  static readonly make = Effect.fnUntraced(function* (
    engine: Call["engine"],
    input: StoreRowsInput,
    now: number,
    known: KnownRows | null
  ) {
    const isShared = isSharedWriter(input.client) && input.file === "history"
    const nextStep = isShared ? yield* steps.of(engine, input.run) : null
    return new RowFrames(input, { known, nextStep, now })
  })

  frame(from: number, to: number): Effect.Effect<Uint8Array> {
    return Effect.gen({ self: this }, function* () {
      const { file, onReject, rows } = this.#input
      const builder = new FrameBuilder()
      let read = 0
      for (let number = from; number < to; number++) {
        const line = rows.lines[number - rows.offset]!
        const timeMs = addRow(builder, line, {
          row: number,
          stepOf: this.#nextStep,
          now: this.#now,
          unkept: unkept[file],
          known: this.#known,
          onReject: (name, rule) => onReject({ row: number, name, rule })
        })
        if (timeMs > this.newestMs) this.newestMs = timeMs
        read += line.length
        if (read > charactersAtOnce) {
          read = 0
          yield* Effect.yieldNow
        }
      }
      return builder.take()
    })
  }
}
