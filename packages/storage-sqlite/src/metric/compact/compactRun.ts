/**
 * Moves a run's frames into chunks. Chunks of a batch are invisible (their sequences lie beyond `compacted_seq`) until one last
 * transaction moves that mark; a crash before it leaves rubbish that the next compaction sweeps, never a lost or doubled point.
 */
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import { findRun, type RunRow } from "../RunRow.ts"
import { ChunkSink } from "./ChunkSink.ts"
import { type FrameRef, FrameSource } from "./FrameSource.ts"
import { mergeChunks } from "./mergeChunks.ts"
import { otherRows } from "./otherRows.ts"
import { pageTiles } from "./pageTiles.ts"
import { purgeFrames } from "./purgeFrames.ts"
import type { RunLocks } from "./RunLocks.ts"
import { slicesOf } from "./SeriesGroup.ts"
import { sweepChunks } from "./sweepChunks.ts"

export interface CompactInput {
  readonly run: string
  /** Also merges what is left in small chunks, as when a run has ended. */
  readonly final: boolean
}

/** What one batch takes on: enough for full chunks of a hundred keys. */
const batchBytes = 64 * 1024 * 1024
const batchPoints = 1 << 24
/** Eight full chunks of a key: a series in memory takes 24 bytes a row. */
const batchRows = 1 << 19
const batchFrames = 8192

export function* compactRun(
  context: WriterContext,
  locks: RunLocks,
  input: CompactInput
): Generator<TaskStep, void, void> {
  yield* locks.alone(input.run, function* () {
    let row = findRun(context.prepare, input.run)
    if (row === null || !locks.lease(context, row.id)) return
    const { id } = row
    try {
      for (;;) {
        const batch = takeBatch(context, row)
        if (batch === null) break
        yield* compactBatch(context, row, batch)
        row = findRun(context.prepare, input.run)
        if (row === null || row.id !== id || !locks.lease(context, id)) return
      }
      yield* mergeChunks(context, row, input.final)
      yield* pageTiles(context, row)
      yield* purgeFrames(context, row)
    } finally {
      locks.release(context, id)
    }
  })
}

interface Batch {
  readonly segment: number
  readonly frames: ReadonlyArray<FrameRef>
  readonly bytes: number
}

/** Frames of one segment, oldest first. */
const takeBatch = ({ prepare }: WriterContext, row: RunRow): Batch | null => {
  const rows = prepare(
    `select id, seq, segment, rows, points, length(body) as bytes from metric_frame
     where run = ? and seq > ? and seq <= ? order by seq limit ?`
  ).all(row.id, row.compactedSeq, row.headSeq, batchFrames)
  const frames: Array<FrameRef> = []
  let bytes = 0
  let points = 0
  let rowCount = 0
  for (const frame of rows) {
    if (frame.segment !== rows[0]!.segment) break
    const size = Number(frame.bytes)
    points += Number(frame.points)
    rowCount += Number(frame.rows)
    if (frames.length > 0 && (bytes + size > batchBytes || points > batchPoints || rowCount > batchRows)) break
    bytes += size
    frames.push({ id: Number(frame.id), seq: Number(frame.seq) })
  }
  return frames.length === 0 ? null : { segment: Number(rows[0]!.segment), frames, bytes }
}

function* compactBatch(context: WriterContext, row: RunRow, batch: Batch): Generator<TaskStep, void, void> {
  const { prepare } = context
  yield* sweepChunks(context, row)
  const source = new FrameSource(prepare, row.id, batch.segment, batch.frames)
  const sink = new ChunkSink(context, row.id)
  const groups = yield* source.groups()
  for (const slice of slicesOf(groups)) {
    for (const loaded of yield* source.load(slice)) yield* sink.numbers(loaded)
  }
  yield* otherRows(source, sink)
  const { seqHi } = source.place
  sink.finish(() => {
    prepare("update metric_run set compacted_seq = ?, head_bytes = head_bytes - ? where id = ?").run(
      seqHi,
      batch.bytes,
      row.id
    )
  })
}
