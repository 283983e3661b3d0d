/**
 * Statistics of a run's number series, kept in memory and moved on by the frames that came since. They start from the stored
 * statistics of chunks, so a restart or a crash costs one read of those and loses nothing.
 */
import { KeyStat } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { columnsOf } from "../compact/FrameSource.ts"
import type { RunRow } from "../RunRow.ts"
import { type HeadFrame, headFrames } from "./HeadFrames.ts"

type Prepare = SqliteDatabase["prepare"]

interface Known {
  readonly version: number
  readonly stats: Map<string, KeyStat>
  /** Frames up to here are in `stats`. */
  seq: number
}

const keysLimit = 200_000

export class SummaryCache {
  readonly #runs = new Map<number, Known>()
  #keys = 0

  /** Of a run without rewinds and parents. The result is the cache's own: read it at once. */
  stats(prepare: Prepare, row: RunRow): ReadonlyMap<string, KeyStat> {
    let known = this.#runs.get(row.id)
    // Frames that went into chunks before they were seen here are no longer told apart.
    if (
      known === undefined ||
      known.version !== row.version ||
      known.seq < row.compactedSeq ||
      known.seq > row.headSeq
    ) {
      known = { version: row.version, stats: fromChunks(prepare, row), seq: row.compactedSeq }
    }
    if (known.seq < row.headSeq) {
      const { seq, stats } = known
      const frames = headFrames(prepare, row).filter((frame) => frame.seq > seq)
      addFrames(stats, frames, forgottenOf(prepare, row))
      known.seq = row.headSeq
    }
    this.#keep(row.id, known)
    return known.stats
  }

  #keep(run: number, known: Known): void {
    const before = this.#runs.get(run)
    if (before !== undefined) this.#keys -= before === known ? 0 : before.stats.size
    this.#runs.delete(run)
    this.#runs.set(run, known)
    this.#keys = [...this.#runs.values()].reduce((sum, { stats }) => sum + stats.size, 0)
    for (const [oldest, { stats }] of this.#runs) {
      if (this.#keys <= keysLimit || oldest === run) break
      this.#runs.delete(oldest)
      this.#keys -= stats.size
    }
  }
}

const forgottenOf = (prepare: Prepare, row: RunRow): ReadonlyMap<string, number> =>
  new Map(
    prepare("select name, forgotten_seq from metric_key where run = ? and forgotten_seq > ?")
      .all(row.id, row.compactedSeq)
      .map(({ name, forgotten_seq }) => [String(name), Number(forgotten_seq)])
  )

const fromChunks = (prepare: Prepare, row: RunRow): Map<string, KeyStat> => {
  const names = new Map(
    prepare("select id, name, forgotten_seq from metric_key where run = ?")
      .all(row.id)
      .map((key) => [Number(key.id), { name: String(key.name), forgottenSeq: Number(key.forgotten_seq) }])
  )
  const stats = new Map<string, KeyStat>()
  const rows = prepare(
    `select key, seq_hi, stat from metric_chunk indexed by metric_chunk_series
     where run = ? and kind = 0 and seq_hi <= ? order by key, kind, segment, seq_hi, seq_lo, s0`
  ).iterate(row.id, row.compactedSeq)
  for (const { key, seq_hi, stat } of rows) {
    const known = names.get(Number(key))
    if (known === undefined || Number(seq_hi) <= known.forgottenSeq) continue
    const own = KeyStat.fromBytes(stat as Uint8Array)
    const total = stats.get(known.name)
    if (total === undefined) stats.set(known.name, own)
    else total.merge(own)
  }
  return stats
}

const addFrames = (
  stats: Map<string, KeyStat>,
  frames: ReadonlyArray<HeadFrame>,
  forgotten: ReadonlyMap<string, number>
): void => {
  let steps = new Float64Array(0)
  let times = new Float64Array(0)
  let values = new Float64Array(0)
  for (const { seq, sections } of frames) {
    for (const section of sections) {
      if (section.rows > steps.length) {
        steps = new Float64Array(section.rows)
        times = new Float64Array(section.rows)
        values = new Float64Array(section.rows)
      }
      for (const [name, column] of columnsOf(section)) {
        if (section.kind(column) !== "number" || seq <= (forgotten.get(name) ?? 0)) continue
        const count = section.copyNumbers(column, steps, times, values, 0)
        if (count === 0) continue
        let stat = stats.get(name)
        if (stat === undefined) {
          stat = new KeyStat()
          stats.set(name, stat)
        }
        stat.add(steps, times, values, 0, count)
      }
    }
  }
}
