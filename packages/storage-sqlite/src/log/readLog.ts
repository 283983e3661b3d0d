/** `logs.read`: lines by index, all of them or those that match, chunk by chunk with pauses for other queries. */
import type { LogPage, LogSearch } from "@wanllmdb/core"
import type { ReaderContext, ReaderQuery } from "../reader/ReaderQuery.ts"
import { TimeLimitReached } from "./boundedRun.ts"
import type { LogEntry } from "./LogEntry.ts"
import { LogPageBuilder } from "./LogPageBuilder.ts"
import { LogQuery } from "./LogQuery.ts"
import { LogSnapshot } from "./LogSnapshot.ts"

export interface LogRead {
  readonly run: string
  readonly from?: number | undefined
  readonly limit?: number | undefined
  readonly search?: LogSearch | undefined
}

/** `slow`: the regular expression ran out of time. */
export type LogReadAnswer = { readonly kind: "page"; readonly page: LogPage } | { readonly kind: "slow" }

/** Other queries get their turn this often. */
const sliceMs = 8
/** Then a search answers with what it has found and where to go on. */
const searchMs = 2_000

/** Entries by index from `start` on; `null` between them is a pause, a number where a long search stopped. */
function* walk(
  snapshot: LogSnapshot,
  query: LogQuery,
  start: number,
  limit: number
): Generator<LogEntry | null | number> {
  const head = query.filter(
    [...snapshot.head.values()].filter((entry) => entry.index >= start).sort((a, b) => a.index - b.index)
  )
  let headAt = 0
  let at = start
  let slice = performance.now()
  const began = slice
  for (let chunks = snapshot.chunksFrom(at); chunks.length > 0; chunks = snapshot.chunksFrom(at)) {
    for (const chunk of chunks) {
      const end = chunk.first + chunk.lines
      const found = query.mayMatch(chunk) ? query.search(snapshot, chunk, Math.max(0, at - chunk.first), limit) : []
      let foundAt = 0
      while (foundAt < found.length || (headAt < head.length && head[headAt]!.index < end)) {
        const inChunk = found[foundAt]
        const inHead = head[headAt]
        if (inChunk !== undefined && (inHead === undefined || inChunk.index < inHead.index)) {
          foundAt++
          yield inChunk
        } else if (inHead !== undefined) {
          headAt++
          yield inHead
        }
      }
      at = end
      const now = performance.now()
      if (now - began > searchMs) return yield at
      if (now - slice > sliceMs) {
        yield null
        slice = performance.now()
      }
    }
  }
  yield* head.slice(headAt)
}

function* read(context: ReaderContext, input: LogRead): Generator<LogReadAnswer | null, void, void> {
  const snapshot = LogSnapshot.read(context, input.run)
  if (snapshot === null) {
    yield { kind: "page" as const, page: { lines: [], next: null, total: 0 } }
    return
  }
  const { from = 0 } = input
  const start = from < 0 ? Math.max(0, snapshot.lines + from) : from
  const builder = new LogPageBuilder(input.limit, (entry) => snapshot.lineOf(entry))
  let next: number | null = null
  try {
    for (const step of walk(snapshot, new LogQuery(input.search ?? {}, snapshot), start, builder.limit + 1)) {
      if (step === null) yield null
      else if (typeof step === "number") next = step < snapshot.lines ? step : null
      else if (!builder.add(step)) {
        next = step.index
        break
      }
    }
  } catch (cause) {
    if (!(cause instanceof TimeLimitReached)) throw cause
    yield { kind: "slow" as const }
    return
  }
  yield { kind: "page" as const, page: { lines: builder.lines, next, total: snapshot.lines } }
}

export const readLog: ReaderQuery<LogRead, LogReadAnswer> = { name: "logs.read", run: read }
