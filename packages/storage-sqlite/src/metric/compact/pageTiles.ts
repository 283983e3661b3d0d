/**
 * Adds up the tiles of 64 neighbouring chunks of a series to one page of coarser cells, so that a series of 10^8 points is drawn
 * from two dozen pages. A page follows from its chunks alone: a crash before it is stored costs speed and nothing else.
 */
import { type CellTable, coarsen, crc32, decodeTile, encodeTile, joinTables } from "@wanllmdb/core/metric"
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import type { RunRow } from "../RunRow.ts"
import { tileLevels } from "./ChunkSink.ts"
import { smallPoints } from "./mergeChunks.ts"

/** Chunks of a page. */
export const pageChunks = 64
/** Levels between the cells of a chunk and those of a page: a cell is about a chunk. */
export const pageLevels = tileLevels + 5

interface PagedChunk {
  readonly id: number
  readonly s0: number
  readonly s1: number
  readonly n: number
  readonly level: number
}

export function* pageTiles({ prepare, repeatable }: WriterContext, row: RunRow): Generator<TaskStep, void, void> {
  const long = prepare(
    `select key, segment from metric_chunk indexed by metric_chunk_series where run = ? and kind = 0
     group by key, segment having count(*) >= ${pageChunks}`
  ).all(row.id)
  for (const { key, segment } of long) {
    const chunks = prepare(
      `select id, s0, s1, n, level from metric_chunk indexed by metric_chunk_series
       where run = ? and key = ? and kind = 0 and segment = ? and seq_hi <= ? order by seq_hi, seq_lo, s0`
    ).all(row.id, key!, segment!, row.compactedSeq) as unknown as ReadonlyArray<PagedChunk>
    for (let at = 0; at + pageChunks <= chunks.length; ) {
      const page = chunks.slice(at, at + pageChunks)
      const [first] = page as [PagedChunk]
      const last = page[pageChunks - 1]!
      const known = prepare("select last, chunks from metric_tile_page where first = ?").get(first.id)
      if (known === undefined || known.last !== last.id || known.chunks !== pageChunks) {
        if (!isOneStretch(page)) {
          at++
          continue
        }
        const table = coarsen(
          joinTables(page.map(({ id }) => tileOf(prepare, id))),
          Math.min(127, first.level + pageLevels)
        )
        const body = encodeTile(table)
        repeatable(() =>
          prepare(
            `insert or replace into metric_tile_page (first, last, chunks, level, s0, s1, crc, body)
             values (?, ?, ?, ?, ?, ?, ?, ?)`
          ).run(first.id, last.id, pageChunks, table.level, first.s0, last.s1, crc32(body), body)
        )
        yield
      }
      at += pageChunks
    }
  }
}

/** Whether the chunks are of one level and follow each other by step; small ones will be merged, so a page would not last. */
const isOneStretch = (chunks: ReadonlyArray<PagedChunk>): boolean =>
  chunks.every(({ s0, n, level }, i) => {
    const before = chunks[i - 1]
    return n >= smallPoints && level === chunks[0]!.level && (before === undefined || s0 > before.s1)
  })

const tileOf = (prepare: WriterContext["prepare"], chunk: number): CellTable =>
  decodeTile(prepare("select body from metric_tile where chunk = ?").get(chunk)!.body as Uint8Array)
