/** Moves the head into chunks, inside the append's transaction: a reader sees the lines in the one or in the other. */
import type { SqliteDatabase } from "../driver/SqliteDriver.ts"
import { type LogEntry, streamBit } from "./LogEntry.ts"
import type { LogState } from "./LogState.ts"
import { entriesOf, packBlock, packHead, unpackBlockColumns, unpackBlockText } from "./logBlock.ts"

type Prepare = SqliteDatabase["prepare"]

export const chunkLines = 1_000
/** A chunk of long lines ends early, in UTF-16 units. */
const chunkText = 1024 * 1024

const headLimits = { rows: 200, records: 2_000, text: 1024 * 1024 }

/** Whether the head has grown so far that readers would feel it. */
export const headIsFull = (state: LogState): boolean =>
  state.lines - state.chunked >= chunkLines ||
  state.headRows >= headLimits.rows ||
  state.headRecords >= headLimits.records ||
  state.headText >= headLimits.text

/** What stands beside a chunk for searches to decide by. */
const boundsOf = (entries: ReadonlyArray<LogEntry>) => {
  const bounds = { revisionMin: Infinity, revisionMax: 0, timeMin: Infinity, timeMax: -Infinity, levels: 0, streams: 0 }
  for (const entry of entries) {
    bounds.revisionMin = Math.min(bounds.revisionMin, entry.revision)
    bounds.revisionMax = Math.max(bounds.revisionMax, entry.revision)
    bounds.timeMin = Math.min(bounds.timeMin, entry.timeMs)
    bounds.timeMax = Math.max(bounds.timeMax, entry.timeMs)
    bounds.levels |= 1 << entry.level
    bounds.streams |= streamBit(entry.stream)
  }
  return bounds
}

const valuesOf = (entries: ReadonlyArray<LogEntry>) => {
  const { revisionMin, revisionMax, timeMin, timeMax, levels, streams } = boundsOf(entries)
  const { columns, text, ascii, trigrams } = packBlock(entries)
  return [revisionMin, revisionMax, timeMin, timeMax, levels, streams, ascii ? 1 : 0, trigrams, columns, text]
}

const insertChunk = (prepare: Prepare, log: number, entries: ReadonlyArray<LogEntry>): void => {
  const chunk = prepare(
    `insert into log_chunk (log, first_line, lines, revision_min, revision_max, time_min, time_max, levels, streams, ascii, trigrams, columns, text)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  ).run(log, entries[0]!.index, entries.length, ...valuesOf(entries)).lastInsertRowid
  const spans = new Map<number, { min: number; max: number }>()
  for (const { stream, line } of entries) {
    const span = spans.get(stream)
    if (span === undefined) spans.set(stream, { min: line, max: line })
    else {
      span.min = Math.min(span.min, line)
      span.max = Math.max(span.max, line)
    }
  }
  for (const [stream, { min, max }] of spans) {
    prepare("insert into log_span (log, stream, line_min, line_max, chunk) values (?, ?, ?, ?, ?)").run(
      log,
      stream,
      min,
      max,
      chunk
    )
  }
}

/** Rewrites the chunks whose lines have newer revisions in the head. */
const patchChunks = (prepare: Prepare, log: number, patches: ReadonlyArray<LogEntry>): void => {
  for (let at = 0; at < patches.length; ) {
    const row = prepare(
      "select id, first_line, lines, ascii, columns, text from log_chunk where log = ? and first_line <= ? order by first_line desc limit 1"
    ).get(log, patches[at]!.index)
    if (row === undefined) throw new Error("a log line is in no chunk")
    const first = Number(row.first_line)
    const columns = unpackBlockColumns(row.columns as Uint8Array)
    const entries = entriesOf(columns, unpackBlockText(row.text as Uint8Array, row.ascii === 1), first)
    for (; at < patches.length && patches[at]!.index < first + entries.length; at++) {
      entries[patches[at]!.index - first] = patches[at]!
    }
    prepare(
      `update log_chunk set revision_min = ?, revision_max = ?, time_min = ?, time_max = ?, levels = ?, streams = ?, ascii = ?,
       trigrams = ?, columns = ?, text = ? where id = ?`
    ).run(...valuesOf(entries), row.id)
  }
}

/** Writes full chunks and patches; what does not fill a chunk stays in the head as one row. */
export const foldLog = (prepare: Prepare, state: LogState): void => {
  const entries = [...state.head.values()].sort((a, b) => a.index - b.index)
  const old = entries.findIndex((entry) => entry.index >= state.chunked)
  const fresh = old === -1 ? [] : entries.slice(old)
  patchChunks(prepare, state.id, old === -1 ? entries : entries.slice(0, old))
  let start = 0
  let text = 0
  for (let at = 0; at < fresh.length; at++) {
    text += fresh[at]!.text.length
    if (at + 1 - start < chunkLines && text < chunkText) continue
    insertChunk(prepare, state.id, fresh.slice(start, at + 1))
    start = at + 1
    text = 0
  }
  state.chunked += start
  const rest = fresh.slice(start)
  prepare("delete from log_head where log = ?").run(state.id)
  if (rest.length > 0) prepare("insert into log_head (log, body) values (?, ?)").run(state.id, packHead(rest))
  state.resetHead(rest, rest.length > 0 ? 1 : 0)
}
