/** Deletion in two steps: one short transaction that puts points out of reach, then removal in many short ones. */
import type { TaskStep, WriterContext } from "../writer/WriterModule.ts"
import { chunkCrc } from "./chunkCrc.ts"
import { compactRun } from "./compact/compactRun.ts"
import type { RunLocks } from "./compact/RunLocks.ts"
import { findRun } from "./RunRow.ts"

const transactionRows = 256

export function* deleteRun(
  context: WriterContext,
  locks: RunLocks,
  { run }: { readonly run: string }
): Generator<TaskStep, void, void> {
  const { prepare, transaction } = context
  const row = findRun(prepare, run)
  if (row === null) return
  transaction(() => prepare("update metric_run set run = null, version = version + 1 where id = ?").run(row.id))
  // Nobody waits for the rest. When the process ends before it is done, the next one goes on.
  context.background(
    () => locks.alone(run, () => purgeRun(context, row.id)),
    () => undefined
  )
}

/** Removes what deletions of an earlier process left. */
export function* purgeDeletedRuns(context: WriterContext): Generator<TaskStep, void, void> {
  for (const { id } of context.prepare("select id from metric_run where run is null").all()) {
    yield* purgeRun(context, Number(id))
  }
}

function* purgeRun(context: WriterContext, id: number): Generator<TaskStep, void, void> {
  const { prepare, transaction } = context
  const tiles = "delete from metric_tile where chunk in (select id from metric_chunk where run = ? limit ?)"
  yield* purge(context, tiles, id, () =>
    prepare("delete from metric_chunk where id in (select id from metric_chunk where run = ? limit ?)").run(
      id,
      transactionRows
    )
  )
  for (const table of ["metric_frame", "metric_axis", "metric_key"]) {
    yield* purge(context, `delete from ${table} where id in (select id from ${table} where run = ? limit ?)`, id)
  }
  transaction(() => {
    prepare("delete from metric_writer where run = ?").run(id)
    prepare("delete from metric_rows where run = ?").run(id)
    prepare("delete from metric_run where id = ?").run(id)
  })
}

/** Repeats a bounded deletion until it finds nothing; `more` runs in the same transactions and then decides. */
function* purge(
  { prepare, transaction }: WriterContext,
  sql: string,
  run: number,
  more?: () => { readonly changes: number }
): Generator<TaskStep, void, void> {
  for (;;) {
    const { changes } = transaction(() => {
      const own = prepare(sql).run(run, transactionRows)
      return more === undefined ? own : more()
    })
    yield
    if (changes === 0) return
  }
}

export function* deleteKey(
  context: WriterContext,
  locks: RunLocks,
  { run, key }: { readonly run: string; readonly key: string }
): Generator<TaskStep, void, void> {
  const { prepare, transaction } = context
  const row = findRun(prepare, run)
  if (row === null) return
  const found = transaction(() => {
    const known = prepare("select id from metric_key where run = ? and name = ?").get(row.id, key)
    if (known === undefined) return null
    const head = findRun(prepare, run)!.headSeq
    prepare("update metric_key set kinds = 0, forgotten_seq = ? where id = ?").run(head, known.id)
    prepare("update metric_run set version = version + 1 where id = ?").run(row.id)
    return { id: Number(known.id), head }
  })
  if (found === null) return
  yield
  yield* locks.alone(run, function* () {
    for (;;) {
      const chunks = prepare("select id, axis from metric_chunk where run = ? and key = ? and seq_hi <= ? limit ?").all(
        row.id,
        found.id,
        found.head,
        transactionRows
      )
      if (chunks.length === 0) return
      transaction(() => {
        for (const { id, axis } of chunks) {
          prepare("delete from metric_chunk where id = ?").run(id)
          prepare("delete from metric_tile where chunk = ?").run(id)
          prepare(
            "delete from metric_axis where id = ? and not exists (select 1 from metric_chunk where metric_chunk.axis = ?)"
          ).run(axis, axis)
        }
      })
      yield
    }
  })
}

/** Chunks whose points are all older than the moment lose their values and keep their statistics. */
export function* dropRaw(
  context: WriterContext,
  locks: RunLocks,
  { run, beforeMs }: { readonly run: string; readonly beforeMs: number }
): Generator<TaskStep, void, void> {
  yield* compactRun(context, locks, { run, final: false })
  yield* locks.alone(run, function* () {
    const { prepare, transaction } = context
    const row = findRun(prepare, run)
    if (row === null) return
    for (let after = 0; ; ) {
      const chunks = prepare(
        `select id, stat, mip from metric_chunk
         where id > ? and run = ? and kind = 0 and t1 < ? and body is not null order by id limit 64`
      ).all(after, row.id, beforeMs)
      if (chunks.length === 0) break
      transaction(() => {
        for (const { id, stat, mip } of chunks) {
          const crc = chunkCrc(stat as Uint8Array, mip as Uint8Array)
          prepare("update metric_chunk set body = null, flags = flags | 2, crc = ? where id = ?").run(crc, id)
        }
        prepare("update metric_run set version = version + 1 where id = ?").run(row.id)
      })
      after = Number(chunks[chunks.length - 1]!.id)
      yield
    }
  })
}
