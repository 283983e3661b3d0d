/** Reads everything of a run against its checksums. */

import type { RunId } from "@wanllmdb/core"
import { checkFrame, decodeTile, type VerifyReport } from "@wanllmdb/core/metric"
import type { ReaderQuery } from "../../reader/ReaderQuery.ts"
import { chunkCrc } from "../chunkCrc.ts"
import { findRun } from "../RunRow.ts"
import { zlibCrc32 } from "../zlibCrc32.ts"

export const verifyQuery: ReaderQuery<{ readonly run: RunId }, VerifyReport> = {
  name: "metrics.verify",
  *run({ prepare }, { run }) {
    const faults: Array<string> = []
    const row = findRun(prepare, run)
    if (row === null) {
      yield { run, frames: 0, chunks: 0, points: 0, faults }
      return
    }
    let points = 0
    let frames = 0
    let expected = row.compactedSeq + 1
    for (const { id, seq } of prepare("select id, seq from metric_frame where run = ? order by seq").all(row.id)) {
      const body = prepare("select body from metric_frame where id = ?").get(id)!.body as Uint8Array
      const check = checkFrame(body)
      frames++
      if (!check.ok) faults.push(`frame ${seq}: ${check.rule} (at byte ${check.offset})`)
      if (Number(seq) > row.compactedSeq) {
        if (check.ok) points += check.points
        if (Number(seq) !== expected) faults.push(`frame ${expected} is missing`)
        expected = Number(seq) + 1
      }
      yield null
    }
    if (expected !== row.headSeq + 1) faults.push(`frames ${expected} to ${row.headSeq} are missing`)
    const axes = new Set<number>()
    for (const { id } of prepare("select id from metric_axis where run = ? and seq_hi <= ?").all(
      row.id,
      row.compactedSeq
    )) {
      const axis = prepare("select crc, mip, body from metric_axis where id = ?").get(id)!
      axes.add(Number(id))
      if (chunkCrc(axis.mip as Uint8Array, axis.body as Uint8Array) !== axis.crc)
        faults.push(`axis ${id}: checksum differs`)
      yield null
    }
    const chunks = prepare("select id from metric_chunk where run = ? and seq_hi <= ?").all(row.id, row.compactedSeq)
    for (const { id } of chunks) {
      const chunk = prepare(
        `select c.kind, c.n, c.axis, c.crc, c.stat, c.mip, c.body, t.crc as tile_crc, t.body as tile from metric_chunk c
         left join metric_tile t on t.chunk = c.id where c.id = ?`
      ).get(id)!
      const stat = chunk.stat as Uint8Array
      points += Number(chunk.n)
      if (chunkCrc(stat, chunk.mip as Uint8Array | null, chunk.body as Uint8Array | null) !== chunk.crc) {
        faults.push(`chunk ${id}: checksum differs`)
      } else if (chunk.kind === 0) faults.push(...numberFaults(id, chunk, axes))
      yield null
    }
    const pages = prepare(
      "select p.first, p.crc, p.body from metric_tile_page p join metric_chunk c on c.id = p.first where c.run = ?"
    ).all(row.id)
    for (const { first, crc, body } of pages) {
      if (zlibCrc32(body as Uint8Array) !== crc) faults.push(`tiles from chunk ${first} on: checksum differs`)
    }
    yield { run, frames, chunks: chunks.length, points, faults }
  }
}

const numberFaults = (
  id: unknown,
  chunk: { readonly [column: string]: unknown },
  axes: ReadonlySet<number>
): ReadonlyArray<string> => {
  if (!axes.has(Number(chunk.axis))) return [`chunk ${id}: its axis is missing`]
  if (!(chunk.tile instanceof Uint8Array)) return [`chunk ${id}: its tile is missing`]
  if (zlibCrc32(chunk.tile) !== chunk.tile_crc) return [`tile of chunk ${id}: checksum differs`]
  const counted = decodeTile(chunk.tile).points.reduce((a, b) => a + b, 0)
  return counted === chunk.n ? [] : [`tile of chunk ${id}: counts ${counted} points, the chunk has ${chunk.n}`]
}
