/** A run's row in `metric_run`: how far it has come, its rewinds and where it was forked. */
import type { ForkPoint } from "@wanllmdb/core"
import type { SqliteDatabase, SqlRow } from "../driver/SqliteDriver.ts"

export interface RunRow {
  readonly id: number
  /** Sequence of the newest frame. */
  readonly headSeq: number
  /** Frames up to here are in chunks; chunks beyond it are unfinished. */
  readonly compactedSeq: number
  /** Bytes of the frames beyond it. */
  readonly headBytes: number
  /** Step that each segment after the first rewound to. */
  readonly rewinds: ReadonlyArray<number>
  readonly parent: ForkPoint | null
  /** Grows when old points change: rewind, fork, deletion. */
  readonly version: number
}

const columns = "id, head_seq, compacted_seq, head_bytes, rewinds, parent, version"

const fromRow = (row: SqlRow): RunRow => ({
  id: Number(row.id),
  headSeq: Number(row.head_seq),
  compactedSeq: Number(row.compacted_seq),
  headBytes: Number(row.head_bytes),
  rewinds: row.rewinds === "[]" ? [] : JSON.parse(String(row.rewinds)),
  parent: row.parent === null ? null : JSON.parse(String(row.parent)),
  version: Number(row.version)
})

export const findRun = (prepare: SqliteDatabase["prepare"], run: string): RunRow | null => {
  const row = prepare(`select ${columns} from metric_run where run = ?`).get(run)
  return row === undefined ? null : fromRow(row)
}

export const runById = (prepare: SqliteDatabase["prepare"], id: number): RunRow | null => {
  const row = prepare(`select ${columns} from metric_run where id = ?`).get(id)
  return row === undefined ? null : fromRow(row)
}

/** The run's row, made when it is missing. Inside a write transaction. */
export const ensureRun = (prepare: SqliteDatabase["prepare"], run: string): RunRow => {
  const known = findRun(prepare, run)
  if (known !== null) return known
  prepare(
    `insert into metric_run (run, head_seq, compacted_seq, head_bytes, rewinds, version, lease_until)
     values (?, 0, 0, 0, '[]', 0, 0)`
  ).run(run)
  return findRun(prepare, run)!
}
