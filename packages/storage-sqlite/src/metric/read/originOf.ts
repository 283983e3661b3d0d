/** When a run began: the least time of any of its visible points, which is zero on the relative axis. */
import { axisTimesAt, columnValues, decodeRowGroup, type FrameSection, PackedBytes } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { compression } from "../compression.ts"
import { headFrames } from "./HeadFrames.ts"
import type { Layer } from "./lineage.ts"

type Prepare = SqliteDatabase["prepare"]

export const originOf = (prepare: Prepare, layers: ReadonlyArray<Layer>): number =>
  layers.reduce((least, layer) => Math.min(least, layerOrigin(prepare, layer)), Number.POSITIVE_INFINITY)

const layerOrigin = (prepare: Prepare, layer: Layer): number => {
  let least = Number.POSITIVE_INFINITY
  const { row, segment, cut } = layer
  const axes = prepare(
    "select id, t0, s1 from metric_axis where run = ? and segment = ? and seq_hi <= ? order by t0"
  ).all(row.id, segment, row.compactedSeq)
  for (const { id, t0, s1 } of axes) {
    if (Number(t0) >= least) break
    if (Number(s1) <= cut) least = Number(t0)
    else {
      const body = prepare("select body from metric_axis where id = ?").get(id)!.body as Uint8Array
      const axis = new PackedBytes(body)
      least = leastTime(columnValues(axis, 0), columnValues(axis, axisTimesAt(axis)), cut, least)
    }
  }
  // Series that are not numbers have no axis: their rows are looked at.
  const others = prepare(
    `select c.body from metric_chunk c join metric_key k on k.id = c.key
     where c.run = ? and c.kind > 0 and c.segment = ? and c.seq_hi <= ? and c.seq_hi > k.forgotten_seq`
  ).all(row.id, segment, row.compactedSeq)
  for (const { body } of others) {
    const { steps, times } = decodeRowGroup(body as Uint8Array, compression)
    least = leastTime(steps, times, cut, least)
  }
  return headOrigin(prepare, layer, least)
}

const leastTime = (steps: Float64Array, times: Float64Array, cut: number, start: number): number => {
  let least = start
  for (let i = 0; i < steps.length; i++) if (steps[i]! <= cut && times[i]! < least) least = times[i]!
  return least
}

const headOrigin = (prepare: Prepare, { row, segment, cut }: Layer, start: number): number => {
  let least = start
  const forgotten = new Map(
    prepare("select name, forgotten_seq from metric_key where run = ? and forgotten_seq > ?")
      .all(row.id, row.compactedSeq)
      .map((key) => [String(key.name), Number(key.forgotten_seq)])
  )
  for (const frame of headFrames(prepare, row)) {
    if (frame.segment !== segment) continue
    for (const section of frame.sections) {
      const columns = section.keys.flatMap((name, i) => (frame.seq > (forgotten.get(name) ?? 0) ? [i] : []))
      least = sectionOrigin(section, columns, cut, least)
    }
  }
  return least
}

/** Over the rows that have a value in one of the columns. */
const sectionOrigin = (section: FrameSection, columns: ReadonlyArray<number>, cut: number, start: number): number => {
  const { steps, times } = section
  if (columns.some((column) => section.count(column) === section.rows)) return leastTime(steps, times, cut, start)
  let least = start
  for (const column of columns) {
    for (const row of section.column(column).rows ?? []) {
      if (steps[row]! <= cut && times[row]! < least) least = times[row]!
    }
  }
  return least
}
