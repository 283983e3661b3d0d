/** Removes chunks that a compaction left unfinished when its process was killed. */
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import type { RunRow } from "../RunRow.ts"

export function* sweepChunks({ prepare, repeatable }: WriterContext, row: RunRow): Generator<TaskStep, void, void> {
  // The lists are short: a crash leaves one unfinished batch at most.
  for (;;) {
    const chunks = prepare(
      "select id from metric_chunk indexed by metric_chunk_series where run = ? and seq_hi > ? limit 256"
    ).all(row.id, row.compactedSeq)
    if (chunks.length === 0) break
    repeatable(() => {
      for (const { id } of chunks) {
        prepare("delete from metric_chunk where id = ?").run(id)
        prepare("delete from metric_tile where chunk = ?").run(id)
      }
    })
    yield
  }
  const axes = prepare("select id from metric_axis where run = ? and seq_hi > ?").all(row.id, row.compactedSeq)
  if (axes.length === 0) return
  repeatable(() => {
    for (const { id } of axes) prepare("delete from metric_axis where id = ?").run(id)
  })
}
