/**
 * What the writer knows of one run's log: its counters, its streams, and the head in memory. It mirrors the rows exactly
 * and is dropped whenever a commit failed or another process wrote.
 */
import type { SqliteDatabase, SqlRow } from "../driver/SqliteDriver.ts"
import type { LogEntry } from "./LogEntry.ts"
import { unpackHead } from "./logBlock.ts"

export interface LogSource {
  readonly id: number
  readonly process: string
  readonly name: string
  /** One more than the highest line number. */
  next: number
}

export class LogState {
  readonly id: number
  lines: number
  revision: number
  batches: number
  /** Lines below this index are in chunks. */
  chunked: number
  readonly #sources = new Map<string, LogSource>()
  /** Newest revision of each line that the head holds, new ones and rewritten ones. */
  readonly head = new Map<number, LogEntry>()
  /** Indexes by stream and line number, made when a record first names a line that is there. */
  #places: Map<string, number> | null = null
  headRows = 0
  headRecords = 0
  headText = 0

  constructor(row: SqlRow, chunked: number) {
    this.id = Number(row.id)
    this.lines = Number(row.lines)
    this.revision = Number(row.revision)
    this.batches = Number(row.batches)
    this.chunked = chunked
  }

  /** The source of (process, stream); a new one is numbered and has no row yet. */
  source(process: string, name: string): LogSource {
    const key = `${process.length}:${process}${name}`
    const known = this.#sources.get(key)
    if (known !== undefined) return known
    const source = { id: this.#sources.size, process, name, next: 0 }
    this.#sources.set(key, source)
    return source
  }

  get sources(): ReadonlyArray<LogSource> {
    return [...this.#sources.values()]
  }

  /** Index of a line that the head holds. */
  place(source: number, line: number): number | undefined {
    this.#places ??= new Map(Array.from(this.head.values(), (entry) => [`${entry.stream}:${entry.line}`, entry.index]))
    return this.#places.get(`${source}:${line}`)
  }

  put(entry: LogEntry): void {
    this.head.set(entry.index, entry)
    this.#places?.set(`${entry.stream}:${entry.line}`, entry.index)
    this.headRecords++
    this.headText += entry.text.length
  }

  /** Leaves `rest` in the head, which the rows then hold in `rows` rows. */
  resetHead(rest: ReadonlyArray<LogEntry>, rows: number): void {
    this.head.clear()
    this.#places = null
    this.headRecords = 0
    this.headText = 0
    this.headRows = rows
    for (const entry of rest) this.put(entry)
  }
}

/** Reads a run's state, or null for a run without a log. */
export const loadLogState = (prepare: SqliteDatabase["prepare"], run: string): LogState | null => {
  const row = prepare("select id, lines, revision, batches from log_run where run = ?").get(run)
  if (row === undefined) return null
  const last = prepare(
    "select first_line + lines as chunked from log_chunk where log = ? order by first_line desc limit 1"
  ).get(row.id)
  const state = new LogState(row, Number(last?.chunked ?? 0))
  const sources = prepare("select process, name, next_line from log_stream where log = ? order by id").all(state.id)
  for (const { process, name, next_line } of sources)
    state.source(String(process), String(name)).next = Number(next_line)
  for (const { body } of prepare("select body from log_head where log = ? order by id").all(state.id)) {
    for (const entry of unpackHead(body as Uint8Array)) state.put(entry)
    state.headRows++
  }
  return state
}
