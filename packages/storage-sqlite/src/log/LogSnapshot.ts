/** One run's log as a reader sees it: the head decoded, the chunks by what stands beside them. */
import type { LogLine } from "@wanllmdb/core"
import type { ReaderContext } from "../reader/ReaderQuery.ts"
import { type LogEntry, levels } from "./LogEntry.ts"
import { type LogColumns, unpackBlockColumns, unpackBlockText, unpackHead } from "./logBlock.ts"

export interface ChunkInfo {
  readonly id: number
  readonly first: number
  readonly lines: number
  readonly revisionMin: number
  readonly revisionMax: number
  readonly timeMin: number
  readonly timeMax: number
  readonly levels: number
  readonly streams: number
  readonly ascii: boolean
}

const infoColumns = "id, first_line, lines, revision_min, revision_max, time_min, time_max, levels, streams, ascii"

const infoOf = (row: Record<string, unknown>): ChunkInfo => ({
  id: Number(row.id),
  first: Number(row.first_line),
  lines: Number(row.lines),
  revisionMin: Number(row.revision_min),
  revisionMax: Number(row.revision_max),
  timeMin: Number(row.time_min),
  timeMax: Number(row.time_max),
  levels: Number(row.levels),
  streams: Number(row.streams),
  ascii: row.ascii === 1
})

export class LogSnapshot {
  readonly lines: number
  readonly revision: number
  /** Newest revisions of the lines that the head holds; they hide what a chunk says of them. */
  readonly head = new Map<number, LogEntry>()
  readonly sources: ReadonlyArray<{ readonly id: number; readonly process: string; readonly stream: string }>
  readonly #id: number
  readonly #prepare: ReaderContext["prepare"]

  private constructor(prepare: ReaderContext["prepare"], row: Record<string, unknown>) {
    this.#prepare = prepare
    this.#id = Number(row.id)
    this.lines = Number(row.lines)
    this.revision = Number(row.revision)
    this.sources = prepare("select id, process, name from log_stream where log = ? order by id")
      .all(this.#id)
      .map((source) => ({ id: Number(source.id), process: String(source.process), stream: String(source.name) }))
    for (const { body } of prepare("select body from log_head where log = ? order by id").all(this.#id)) {
      for (const entry of unpackHead(body as Uint8Array)) this.head.set(entry.index, entry)
    }
  }

  /** Null for a run without a log. */
  static read({ prepare }: Pick<ReaderContext, "prepare">, run: string): LogSnapshot | null {
    const row = prepare("select id, lines, revision from log_run where run = ?").get(run)
    return row === undefined ? null : new LogSnapshot(prepare, row)
  }

  /** At most 256 chunks that hold lines from index `from` on, in order. */
  chunksFrom(from: number): ReadonlyArray<ChunkInfo> {
    const containing = this.#prepare(
      "select first_line from log_chunk where log = ? and first_line <= ? order by first_line desc limit 1"
    ).get(this.#id, from)
    return this.#prepare(
      `select ${infoColumns} from log_chunk where log = ? and first_line >= ? order by first_line limit 256`
    )
      .all(this.#id, Number(containing?.first_line ?? 0))
      .map(infoOf)
      .filter(({ first, lines }) => first + lines > from)
  }

  /** All chunks with a revision above `since`, by their lowest revision. */
  chunksChanged(since: number): ReadonlyArray<ChunkInfo> {
    return this.#prepare(`select ${infoColumns} from log_chunk where log = ? and revision_max > ?`)
      .all(this.#id, since)
      .map(infoOf)
      .sort((a, b) => a.revisionMin - b.revisionMin)
  }

  /** For `mayHoldText`. */
  trigrams({ id }: ChunkInfo): Uint8Array {
    return this.#prepare("select trigrams from log_chunk where id = ?").get(id)?.trigrams as Uint8Array
  }

  text({ id, ascii }: ChunkInfo): string {
    const row = this.#prepare("select text from log_chunk where id = ?").get(id)
    return unpackBlockText(row?.text as Uint8Array, ascii)
  }

  columns({ id }: ChunkInfo): LogColumns {
    return unpackBlockColumns(
      this.#prepare("select columns from log_chunk where id = ?").get(id)?.columns as Uint8Array
    )
  }

  lineOf(entry: LogEntry): LogLine {
    const { process, stream } = this.sources[entry.stream]!
    const { index, line, timeMs, text } = entry
    return { index, line, timeMs, level: levels[entry.level] ?? null, stream, process, text }
  }
}
