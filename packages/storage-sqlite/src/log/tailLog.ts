/** `logs.tail`: what changed since a cursor, by revision. */
import type { LogTail } from "@wanllmdb/core"
import type { ReaderContext, ReaderQuery } from "../reader/ReaderQuery.ts"
import type { LogEntry } from "./LogEntry.ts"
import { LogPageBuilder } from "./LogPageBuilder.ts"
import { LogSnapshot } from "./LogSnapshot.ts"
import { entriesOf } from "./logBlock.ts"

export interface LogTailRead {
  readonly run: string
  readonly since: number
  readonly limit?: number | undefined
}

const sliceMs = 8

function* tail(context: ReaderContext, { run, since, limit }: LogTailRead): Generator<LogTail | null, void, void> {
  const snapshot = LogSnapshot.read(context, run)
  if (snapshot === null || since > snapshot.revision) {
    yield { lines: [], cursor: snapshot?.revision ?? 0, reset: since > (snapshot?.revision ?? 0) }
    return
  }
  const builder = new LogPageBuilder(limit, (entry) => snapshot.lineOf(entry))
  const changed: Array<LogEntry> = [...snapshot.head.values()].filter((entry) => entry.revision > since)
  let slice = performance.now()
  for (const chunk of snapshot.chunksChanged(since)) {
    // Chunks come by their lowest revision: once a page is certain, the rest is later.
    const certain = changed.reduce((count, entry) => count + (entry.revision < chunk.revisionMin ? 1 : 0), 0)
    if (certain > builder.limit) break
    for (const entry of entriesOf(snapshot.columns(chunk), snapshot.text(chunk), chunk.first)) {
      if (entry.revision > since && !snapshot.head.has(entry.index)) changed.push(entry)
    }
    if (performance.now() - slice > sliceMs) {
      yield null
      slice = performance.now()
    }
  }
  changed.sort((a, b) => a.revision - b.revision)
  let cursor = since
  for (const entry of changed) {
    if (!builder.add(entry)) {
      yield { lines: builder.lines, cursor, reset: false }
      return
    }
    cursor = entry.revision
  }
  yield { lines: builder.lines, cursor: snapshot.revision, reset: false }
}

export const tailLog: ReaderQuery<LogTailRead, LogTail> = { name: "logs.tail", run: tail }
