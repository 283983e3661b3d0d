/** Frames that are in chunks are kept a while for watchers who come back with an older cursor, then removed. */
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import type { RunRow } from "../RunRow.ts"

const keepMs = 120_000
const keepBytes = 16 * 1024 * 1024
const transactionFrames = 128

export function* purgeFrames({ prepare, repeatable }: WriterContext, row: RunRow): Generator<TaskStep, void, void> {
  const oldest = Date.now() - keepMs
  // Newest first, so that the byte limit cuts off the oldest.
  const frames = prepare(
    "select id, received_ms, length(body) as bytes from metric_frame where run = ? and seq <= ? order by seq desc"
  ).all(row.id, row.compactedSeq)
  let bytes = 0
  const kept = frames.findIndex((frame) => {
    bytes += Number(frame.bytes)
    return bytes > keepBytes || Number(frame.received_ms) < oldest
  })
  if (kept < 0) return
  const gone = frames.slice(kept).reverse()
  for (let from = 0; from < gone.length; from += transactionFrames) {
    repeatable(() => {
      for (const { id } of gone.slice(from, from + transactionFrames)) {
        prepare("delete from metric_frame where id = ?").run(id)
      }
    })
    yield
  }
}
