/** Adds a series' chunks to buckets: a page of tiles at a time where buckets are wide enough, and the rest chunk by chunk. */
import { type BucketAccumulator, decodeTile } from "@wanllmdb/core/metric"
import type { ReaderContext } from "../../reader/ReaderQuery.ts"
import { pageChunks, pageLevels } from "../compact/pageTiles.ts"
import { addChunk } from "./addChunk.ts"
import type { ChunkRef } from "./SeriesPart.ts"

/** `chunks` are all of a layer in order of arrival; points beyond `cut` do not count. */
export const addChunks = (
  context: ReaderContext,
  buckets: BucketAccumulator,
  chunks: ReadonlyArray<ChunkRef>,
  cut: number
): void => {
  for (let at = 0; at < chunks.length; ) {
    if (addPage(context, buckets, chunks, at, cut)) at += pageChunks
    else addChunk(context, buckets, chunks[at++]!, cut)
  }
}

/** Adds the page that begins with chunk `at`, if there is one and no edge of a bucket, window or cut parts its cells. */
const addPage = (
  { prepare }: ReaderContext,
  buckets: BucketAccumulator,
  chunks: ReadonlyArray<ChunkRef>,
  at: number,
  cut: number
): boolean => {
  const first = chunks[at]!
  const last = chunks[at + pageChunks - 1]
  if (last === undefined || first.level + pageLevels > Math.min(127, buckets.level)) return false
  if (first.s0 < buckets.from || last.s1 > Math.min(buckets.to, cut)) return false
  const page = prepare("select last, body from metric_tile_page where first = ? and chunks = ?").get(
    first.id,
    pageChunks
  )
  if (page?.last !== last.id) return false
  buckets.addCells(decodeTile(page.body as Uint8Array))
  return true
}
