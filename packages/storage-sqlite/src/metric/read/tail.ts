/** Frames after a cursor, as they were received. */
import type { TailPage } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { findRun } from "../RunRow.ts"

const defaultBytes = 4 * 1024 * 1024
const pageFrames = 4096

export const tailOf = (
  prepare: SqliteDatabase["prepare"],
  run: string,
  since: number,
  maxBytes = defaultBytes
): TailPage => {
  const row = findRun(prepare, run)
  const head = row?.headSeq ?? 0
  if (since > head) return { frames: [], cursor: head, reset: true }
  if (row === null || since === head) return { frames: [], cursor: since, reset: false }
  const found = prepare(
    "select id, seq, segment, length(body) as bytes from metric_frame where run = ? and seq > ? order by seq limit ?"
  ).all(row.id, since, pageFrames)
  if (found[0]?.seq !== since + 1) return { frames: [], cursor: head, reset: true }
  const frames: Array<TailPage["frames"][number]> = []
  let total = 0
  for (const { id, seq, segment, bytes } of found) {
    total += Number(bytes)
    if (frames.length > 0 && total > maxBytes) break
    const body = prepare("select body from metric_frame where id = ?").get(id)!.body as Uint8Array
    // A plain array: one library gives Buffers, which print and compare differently.
    const plain = new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    frames.push({ sequence: Number(seq), segment: Number(segment), body: plain })
  }
  return { frames, cursor: frames[frames.length - 1]!.sequence, reset: false }
}
