/** Keeps lines of the client's console file. */
import { cutLine, type LogRecord, type Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { readRunDocument } from "../run/runDocument.ts"
import { consoleRecord } from "./consoleLine.ts"
import type { FileLines } from "./fileStreamBody.ts"

/** What one append takes at most. */
const linesAtOnce = 5_000
const charactersAtOnce = 8 * 1024 * 1024
/** Characters that are read before others get their turn. */
const charactersATurn = 512 * 1024

export const storeOutput = Effect.fnUntraced(function* (
  call: Call,
  run: Pick<Run, "id">,
  { lines, offset }: FileLines,
  client: string
) {
  if (lines.length === 0) return
  const { logs } = call.engine
  const base = client === "" ? (yield* readRunDocument(call.engine, run.id)).logBase : 0
  let records: Array<LogRecord> = []
  let characters = 0
  let turn = 0
  for (const [at, line] of lines.entries()) {
    const { text, ...rest } = consoleRecord(line, base + offset + at, client)
    records.push({ ...rest, text: cutLine(text) })
    characters += text.length
    turn += line.length
    if (records.length >= linesAtOnce || characters >= charactersAtOnce) {
      yield* logs.append(run.id, records)
      records = []
      characters = 0
    }
    if (turn >= charactersATurn) {
      turn = 0
      yield* Effect.yieldNow
    }
  }
  if (records.length > 0) yield* logs.append(run.id, records)
})
