/**
 * The metric engine's half on the writer: appends frames as they came inside the group commit, with the idempotency check in
 * the same transaction, and carries compaction and deletion as tasks.
 */

import type { AppendReceipt, ForkPoint, NumberedRows } from "@wanllmdb/core"
import { decodeFrame, setCrc32 } from "@wanllmdb/core/metric"
import type { ModuleWriter, TaskStep, WriterContext, WriterModule } from "../writer/WriterModule.ts"
import { type CompactInput, compactRun } from "./compact/compactRun.ts"
import { RunLocks } from "./compact/RunLocks.ts"
import { deleteKey, deleteRun, dropRaw, purgeDeletedRuns } from "./deletePoints.ts"
import { KeyRegistry } from "./KeyRegistry.ts"
import { metricMigrations } from "./metricMigrations.ts"
import { takeRows } from "./numberedRows.ts"
import { ensureRun, type RunRow } from "./RunRow.ts"
import { zlibCrc32 } from "./zlibCrc32.ts"

setCrc32(zlibCrc32)

export interface MetricJob {
  readonly run: string
  readonly frame: Uint8Array
  readonly writer: string | null
  readonly sequence: number
  readonly rows: NumberedRows | null
  readonly accepted: number
  readonly rejected: number
  readonly receivedMs: number
}

export type MetricAnswer = AppendReceipt | { readonly expected: number } | { readonly received: true }

/** A run's frames are moved to chunks when they are more than this: reading them is then slower than reading chunks. */
const headBytesLimit = 16 * 1024 * 1024
const headFramesLimit = 512
/** After a compaction that failed (a full disk) the next one waits. */
const backOffMs = 5000

class MetricAppends implements ModuleWriter<MetricJob, MetricAnswer> {
  readonly #context: WriterContext
  readonly #keys: KeyRegistry
  readonly #locks = new RunLocks()
  readonly #heads = new Map<string, { row: RunRow; frames: number; bytes: number }>()
  #swept = false
  readonly #backOff = new Map<string, number>()
  readonly tasks: ModuleWriter<MetricJob, MetricAnswer>["tasks"]

  constructor(context: WriterContext) {
    this.#context = context
    this.#keys = new KeyRegistry(context.prepare)
    const locks = this.#locks
    this.tasks = {
      compact: (input: CompactInput) => compactRun(context, locks, input),
      rewind: (input: { readonly run: string; readonly step: number }) => this.#rewind(input),
      fork: (input: { readonly run: string; readonly parent: ForkPoint }) => this.#fork(input),
      deleteRun: (input: { readonly run: string }) => deleteRun(context, locks, input),
      deleteKey: (input: { readonly run: string; readonly key: string }) => deleteKey(context, locks, input),
      dropRaw: (input: { readonly run: string; readonly beforeMs: number }) => dropRaw(context, locks, input)
    }
  }

  append(jobs: ReadonlyArray<MetricJob>): ReadonlyArray<MetricAnswer> {
    const { prepare } = this.#context
    const answers = jobs.map((job) => this.#appendOne(job))
    for (const { row, frames, bytes } of this.#heads.values()) {
      if (frames === 0) continue
      prepare("update metric_run set head_seq = ?, head_bytes = ? where id = ?").run(
        row.headSeq + frames,
        row.headBytes + bytes,
        row.id
      )
    }
    return answers
  }

  settled(committed: boolean): void {
    if (committed && !this.#swept) {
      this.#swept = true
      this.#context.background(
        () => purgeDeletedRuns(this.#context),
        () => undefined
      )
    }
    for (const [run, { row, frames, bytes }] of this.#heads) {
      if (!committed) this.#keys.forget(row.id)
      else if (row.headBytes + bytes > headBytesLimit || row.headSeq + frames - row.compactedSeq > headFramesLimit) {
        this.#compactSoon(run)
      }
    }
    this.#heads.clear()
  }

  #compactSoon(run: string): void {
    if (this.#locks.isHeld(run) || (this.#backOff.get(run) ?? 0) > performance.now()) return
    this.#context.background(
      () => compactRun(this.#context, this.#locks, { run, final: false }),
      () => this.#backOff.set(run, performance.now() + backOffMs)
    )
  }

  #appendOne(job: MetricJob): MetricAnswer {
    const { prepare } = this.#context
    let head = this.#heads.get(job.run)
    if (head === undefined) {
      head = { row: ensureRun(prepare, job.run), frames: 0, bytes: 0 }
      this.#heads.set(job.run, head)
    }
    const { row } = head
    const seq = row.headSeq + head.frames + 1
    if (job.rows !== null && !takeRows(prepare, row, job.rows)) return { received: true }
    if (job.writer !== null) {
      const known = prepare(
        "select writer_seq, seq, accepted, rejected from metric_writer where run = ? and writer = ?"
      ).get(row.id, job.writer)
      const last = known === undefined ? 0 : Number(known.writer_seq)
      if (known !== undefined && job.sequence === last) {
        return {
          sequence: Number(known.seq),
          duplicate: true,
          accepted: Number(known.accepted),
          rejected: Number(known.rejected)
        }
      }
      if (job.sequence <= last) return { sequence: seq - 1, duplicate: true, accepted: 0, rejected: 0 }
      if (job.sequence !== last + 1) return { expected: last + 1 }
      prepare(
        `insert into metric_writer (run, writer, writer_seq, seq, accepted, rejected) values (?, ?, ?, ?, ?, ?)
         on conflict (run, writer) do update set writer_seq = excluded.writer_seq, seq = excluded.seq,
           accepted = excluded.accepted, rejected = excluded.rejected`
      ).run(row.id, job.writer, job.sequence, seq, job.accepted, job.rejected)
    }
    const { sections, points } = decodeFrame(job.frame)
    for (const section of sections) this.#keys.register(row, section)
    prepare(
      "insert into metric_frame (run, seq, segment, received_ms, rows, points, body) values (?, ?, ?, ?, ?, ?, ?)"
    ).run(
      row.id,
      seq,
      row.rewinds.length,
      job.receivedMs,
      sections.reduce((sum, section) => sum + section.rows, 0),
      points,
      job.frame
    )
    head.frames++
    head.bytes += job.frame.length
    return { sequence: seq, duplicate: false, accepted: job.accepted, rejected: job.rejected }
  }

  *#rewind({ run, step }: { readonly run: string; readonly step: number }): Generator<TaskStep, number, void> {
    const { prepare, transaction } = this.#context
    return transaction(() => {
      const row = ensureRun(prepare, run)
      const rewinds = [...row.rewinds, step]
      prepare("update metric_run set rewinds = ?, version = version + 1 where id = ?").run(
        JSON.stringify(rewinds),
        row.id
      )
      return rewinds.length
    })
  }

  *#fork({ run, parent }: { readonly run: string; readonly parent: ForkPoint }): Generator<TaskStep, void, void> {
    const { prepare, transaction } = this.#context
    transaction(() => {
      const row = ensureRun(prepare, run)
      prepare("update metric_run set parent = ?, version = version + 1 where id = ?").run(
        JSON.stringify(parent),
        row.id
      )
    })
  }
}

export const metricWriter: WriterModule<MetricJob, MetricAnswer> = {
  name: "metrics",
  migrations: metricMigrations,
  open: (context) => new MetricAppends(context)
}
