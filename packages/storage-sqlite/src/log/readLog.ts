/** `logs.read`: lines by index, all of them or those that match, chunk by chunk with pauses for other queries. */
import type { LogPage, LogSearch } from "@wanllmdb/core"
import type { ReaderContext, ReaderQuery } from "../reader/ReaderQuery.ts"
import { TimeLimitReached } from "./boundedRun.ts"
import { LogPageBuilder } from "./LogPageBuilder.ts"
import { LogQuery } from "./LogQuery.ts"
import { LogScan } from "./LogScan.ts"
import { LogSnapshot } from "./LogSnapshot.ts"

export interface LogRead {
  readonly run: string
  readonly from?: number | undefined
  readonly limit?: number | undefined
  readonly search?: LogSearch | undefined
}

/** `slow`: the regular expression ran out of time. */
export type LogReadAnswer = { readonly kind: "page"; readonly page: LogPage } | { readonly kind: "slow" }

/** Then a search answers with what it has found and where to go on. */
const searchMs = 2_000

/** The page of a search; `null` between slices lets other queries run. */
function* search(snapshot: LogSnapshot, input: LogRead): Generator<null, LogPage, void> {
  const { from = 0 } = input
  const query = new LogQuery(input.search ?? {}, snapshot)
  const scan = new LogScan(snapshot, query, from < 0 ? Math.max(0, snapshot.lines + from) : from)
  const builder = new LogPageBuilder(input.limit, (entry) => snapshot.lineOf(entry))
  const end = performance.now() + searchMs
  for (;;) {
    // One more than fits, which tells where the next page begins.
    for (const entry of query.bounded(() => scan.slice(builder.room + 1))) {
      if (!builder.add(entry)) return { lines: builder.lines, next: entry.index, total: snapshot.lines }
    }
    if (scan.done) return { lines: builder.lines, next: null, total: snapshot.lines }
    if (performance.now() > end) return { lines: builder.lines, next: scan.at, total: snapshot.lines }
    yield null
  }
}

function* read(context: ReaderContext, input: LogRead): Generator<LogReadAnswer | null, void, void> {
  const snapshot = LogSnapshot.read(context, input.run)
  try {
    const page = snapshot === null ? { lines: [], next: null, total: 0 } : yield* search(snapshot, input)
    yield { kind: "page", page }
  } catch (cause) {
    if (!(cause instanceof TimeLimitReached)) throw cause
    yield { kind: "slow" }
  }
}

export const readLog: ReaderQuery<LogRead, LogReadAnswer> = { name: "logs.read", run: read }
