/** Frames that are not in chunks yet, decoded once and kept while they are the head: charts and summaries ask for them again and again. */
import { decodeFrame, type FrameSection } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import type { RunRow } from "../RunRow.ts"

export interface HeadFrame {
  readonly seq: number
  readonly segment: number
  readonly bytes: number
  readonly sections: ReadonlyArray<FrameSection>
}

interface KnownHead {
  frames: Array<HeadFrame>
  bytes: number
}

const cacheBytes = 32 * 1024 * 1024

class HeadFrames {
  readonly #runs = new Map<number, KnownHead>()
  #bytes = 0

  of(prepare: SqliteDatabase["prepare"], row: RunRow): ReadonlyArray<HeadFrame> {
    if (row.headSeq <= row.compactedSeq) return []
    const known = this.#runs.get(row.id) ?? { frames: [], bytes: 0 }
    this.#runs.delete(row.id)
    this.#bytes -= known.bytes
    const settled = known.frames.findIndex(({ seq }) => seq > row.compactedSeq)
    known.frames = settled < 0 ? [] : settled === 0 ? known.frames : known.frames.slice(settled)
    const next = (known.frames[known.frames.length - 1]?.seq ?? row.compactedSeq) + 1
    if (next <= row.headSeq) {
      const rows = prepare("select seq, segment, body from metric_frame where run = ? and seq >= ? order by seq").all(
        row.id,
        next
      )
      for (const { seq, segment, body } of rows) {
        const bytes = body as Uint8Array
        known.frames.push({
          seq: Number(seq),
          segment: Number(segment),
          bytes: bytes.length,
          sections: decodeFrame(bytes).sections
        })
      }
    }
    known.bytes = known.frames.reduce((sum, { bytes }) => sum + bytes, 0)
    this.#keep(row.id, known)
    return known.frames
  }

  #keep(run: number, head: KnownHead): void {
    if (head.bytes > cacheBytes) return
    this.#runs.set(run, head)
    this.#bytes += head.bytes
    for (const [oldest, { bytes }] of this.#runs) {
      if (this.#bytes <= cacheBytes) break
      this.#runs.delete(oldest)
      this.#bytes -= bytes
    }
  }
}

const caches = new WeakMap<SqliteDatabase["prepare"], HeadFrames>()

/** The run's frames beyond `compactedSeq`, oldest first. Cached per connection, whose snapshots only go forward. */
export const headFrames = (prepare: SqliteDatabase["prepare"], row: RunRow): ReadonlyArray<HeadFrame> => {
  let cache = caches.get(prepare)
  if (cache === undefined) {
    cache = new HeadFrames()
    caches.set(prepare, cache)
  }
  return cache.of(prepare, row)
}
