/** The logs' part of the writer: numbers lines, finds those that are replaced, and keeps head and chunks. */
import type { AppendReceipt, LogAppend, LogRecord, WriterSequence } from "@wanllmdb/core"
import type { ModuleWriter, TaskStep, WriterContext } from "../writer/WriterModule.ts"
import { foldLog, headIsFull } from "./foldLog.ts"
import { type LogEntry, levels } from "./LogEntry.ts"
import { type LogSource, type LogState, loadLogState } from "./LogState.ts"
import { packHead, unpackBlockColumns } from "./logBlock.ts"

export type LogAnswer =
  | { readonly kind: "receipt"; readonly receipt: AppendReceipt }
  | { readonly kind: "gap"; readonly expected: number }

/** States in memory, and the text that their heads may hold together, in UTF-16 units. */
const keptStates = 512
const keptText = 32 * 1024 * 1024
/** Rows that a slice of a deletion removes. */
const sliceRows = 64

export class LogWriter implements ModuleWriter<LogAppend, LogAnswer> {
  readonly #context: WriterContext
  readonly #states = new Map<string, LogState>()
  /** Whether what deletions of an earlier process left has been looked for. */
  #swept = false

  constructor(context: WriterContext) {
    this.#context = context
  }

  append(jobs: ReadonlyArray<LogAppend>): ReadonlyArray<LogAnswer> {
    const answers = jobs.map((job) => this.#append(job))
    this.#evict()
    return answers
  }

  settled(committed: boolean): void {
    // What was learnt in a group that was rolled back never happened.
    if (!committed) this.#states.clear()
    if (!committed || this.#swept) return
    this.#swept = true
    this.#context.background(
      () => this.#purge(),
      () => undefined
    )
  }

  readonly tasks = {
    /**
     * Renames the log first, so that it is gone at once, then removes its rows in slices. A deletion that the end of the
     * process cut short is completed by the next one, or by the next process.
     */
    delete: function* (this: LogWriter, { run }: { readonly run: string }): Generator<TaskStep, void, void> {
      const { prepare, transaction } = this.#context
      this.#states.delete(run)
      transaction(() => prepare("update log_run set run = 'deleted:' || id where run = ?").run(run))
      yield* this.#purge()
    }.bind(this)
  }

  #deleteSlice(log: number): boolean {
    const { prepare } = this.#context
    for (const table of ["log_chunk", "log_head"]) {
      const { changes } = prepare(
        `delete from ${table} where id in (select id from ${table} where log = ? limit ${sliceRows})`
      ).run(log)
      if (changes > 0) return true
    }
    for (const table of ["log_span", "log_stream", "log_writer"]) prepare(`delete from ${table} where log = ?`).run(log)
    prepare("delete from log_run where id = ?").run(log)
    return false
  }

  /** Each slice is whole in itself and may be repeated, so several processes may purge the same log at once. */
  *#purge(): Generator<TaskStep, void, void> {
    const { prepare, transaction } = this.#context
    for (;;) {
      const log = prepare("select id from log_run where run like 'deleted:%' limit 1").get()?.id
      if (log === undefined) return
      while (transaction(() => this.#deleteSlice(Number(log)))) yield
    }
  }

  #append(job: LogAppend): LogAnswer {
    const { prepare } = this.#context
    const state = this.#state(job.run)
    const repeat = job.writer === undefined ? null : this.#checkSequence(state, job.writer)
    if (repeat !== null) return repeat
    const touched = new Set<LogSource>()
    const batch = new Map<number, LogEntry>()
    for (const record of job.lines) {
      const entry = this.#number(state, record, job.receivedAt, touched)
      state.put(entry)
      batch.set(entry.index, entry)
    }
    state.batches++
    state.headRows++
    if (headIsFull(state)) foldLog(prepare, state)
    else if (batch.size > 0) {
      prepare("insert into log_head (log, body) values (?, ?)").run(state.id, packHead([...batch.values()]))
    }
    prepare("update log_run set lines = ?, revision = ?, batches = ? where id = ?").run(
      state.lines,
      state.revision,
      state.batches,
      state.id
    )
    for (const { id, process, name, next } of touched) {
      prepare("insert or replace into log_stream (log, id, process, name, next_line) values (?, ?, ?, ?, ?)").run(
        state.id,
        id,
        process,
        name,
        next
      )
    }
    const receipt = { sequence: state.batches, duplicate: false, accepted: job.lines.length, rejected: 0 }
    if (job.writer !== undefined) this.#remember(state, job.writer, receipt)
    return { kind: "receipt", receipt }
  }

  /** The state of a run, made where there is none, and read again when another process was faster. */
  #state(run: string): LogState {
    const { prepare } = this.#context
    const known = this.#states.get(run)
    this.#states.delete(run)
    const row = prepare("select id, batches from log_run where run = ?").get(run)
    if (row === undefined) {
      prepare("insert into log_run (run, lines, revision, batches) values (?, 0, 0, 0)").run(run)
    }
    const valid = known !== undefined && row?.id === known.id && row.batches === known.batches
    const state = valid ? known : loadLogState(prepare, run)!
    this.#states.set(run, state)
    return state
  }

  #checkSequence(state: LogState, { writer, sequence }: WriterSequence): LogAnswer | null {
    const last = this.#context
      .prepare("select sequence, batch, accepted from log_writer where log = ? and writer = ?")
      .get(state.id, writer)
    const expected = Number(last?.sequence ?? 0) + 1
    if (sequence === expected) return null
    if (sequence > expected) return { kind: "gap", expected }
    const latest = sequence === expected - 1
    const receipt = {
      sequence: latest ? Number(last?.batch) : 0,
      duplicate: true,
      accepted: latest ? Number(last?.accepted) : 0,
      rejected: 0
    }
    return { kind: "receipt", receipt }
  }

  #remember(state: LogState, { writer, sequence }: WriterSequence, receipt: AppendReceipt): void {
    this.#context
      .prepare("insert or replace into log_writer (log, writer, sequence, batch, accepted) values (?, ?, ?, ?, ?)")
      .run(state.id, writer, sequence, receipt.sequence, receipt.accepted)
  }

  #number(state: LogState, record: LogRecord, receivedAt: number, touched: Set<LogSource>): LogEntry {
    const source = state.source(record.process ?? "", record.stream ?? "stdout")
    const line = record.line ?? source.next
    const replaced = line < source.next ? this.#find(state, source.id, line) : undefined
    source.next = Math.max(source.next, line + 1)
    touched.add(source)
    return {
      index: replaced ?? state.lines++,
      line,
      revision: ++state.revision,
      timeMs: record.timeMs ?? receivedAt,
      level: levels.indexOf(record.level ?? null),
      stream: source.id,
      text: record.text
    }
  }

  /** Index of a line that is stored: in the head, or in the chunk whose span holds its number. */
  #find(state: LogState, source: number, line: number): number | undefined {
    const inHead = state.place(source, line)
    if (inHead !== undefined) return inHead
    const rows = this.#context
      .prepare(
        `select first_line, columns from log_span join log_chunk on log_chunk.id = log_span.chunk
         where log_span.log = ? and stream = ? and line_min <= ? and line_max >= ? order by line_min desc`
      )
      .iterate(state.id, source, line, line)
    for (const row of rows) {
      const columns = unpackBlockColumns(row.columns as Uint8Array)
      for (let at = 0; at < columns.count; at++) {
        if (columns.line[at] === line && columns.stream[at] === source) return Number(row.first_line) + at
      }
    }
    return undefined
  }

  #evict(): void {
    let text = 0
    for (const state of this.#states.values()) text += state.headText
    for (const [run, state] of this.#states) {
      if (this.#states.size <= keptStates && text <= keptText) return
      this.#states.delete(run)
      text -= state.headText
    }
  }
}
