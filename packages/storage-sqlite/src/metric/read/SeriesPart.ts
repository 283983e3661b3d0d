/** Where the numbers of one series are: per layer of its run the chunks of it, and what of it is still in frames. */
import { axisTimesAt, columnValues, PackedBytes, type PointColumns } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { chunkFlag } from "../chunkFlag.ts"
import { columnsOf } from "../compact/FrameSource.ts"
import { headFrames } from "./HeadFrames.ts"
import type { Layer } from "./lineage.ts"

type Prepare = SqliteDatabase["prepare"]

export interface ChunkRef {
  readonly id: number
  readonly s0: number
  readonly s1: number
  readonly n: number
  readonly level: number
  readonly axis: number
  readonly repeats: boolean
  /** Retention took the values. */
  readonly dropped: boolean
}

export interface SeriesPart {
  readonly cut: number
  /** In order of arrival; each holds points in order of (step, arrival). */
  readonly chunks: ReadonlyArray<ChunkRef>
  /** In order of arrival, after the chunks; only visible points. */
  readonly head: PointColumns
}

export interface KeyRow {
  readonly id: number
  readonly forgottenSeq: number
}

export const findKey = (prepare: Prepare, run: number, name: string): KeyRow | null => {
  const row = prepare("select id, forgotten_seq from metric_key where run = ? and name = ?").get(run, name)
  return row === undefined ? null : { id: Number(row.id), forgottenSeq: Number(row.forgotten_seq) }
}

export const seriesParts = (
  prepare: Prepare,
  layers: ReadonlyArray<Layer>,
  name: string
): ReadonlyArray<SeriesPart> => {
  const parts: Array<SeriesPart> = []
  for (const layer of layers) {
    const key = findKey(prepare, layer.row.id, name)
    if (key === null) continue
    const chunks = chunksOf(prepare, layer, key, 0)
    const head = headPoints(prepare, layer, key, name)
    if (chunks.length > 0 || head.steps.length > 0) parts.push({ cut: layer.cut, chunks, head })
  }
  return parts
}

export const chunksOf = (prepare: Prepare, layer: Layer, key: KeyRow, kind: number): ReadonlyArray<ChunkRef> => {
  const chunks: Array<ChunkRef> = []
  const rows = prepare(
    `select id, s0, s1, n, level, axis, flags from metric_chunk indexed by metric_chunk_series
     where run = ? and key = ? and kind = ? and segment = ? and seq_hi > ? and seq_hi <= ?
     order by seq_hi, seq_lo, s0`
  ).all(layer.row.id, key.id, kind, layer.segment, key.forgottenSeq, layer.row.compactedSeq)
  for (const { id, s0, s1, n, level, axis, flags } of rows) {
    if ((s0 as number) > layer.cut) continue
    chunks.push({
      id: Number(id),
      s0: Number(s0),
      s1: Number(s1),
      n: Number(n),
      level: Number(level),
      axis: Number(axis),
      repeats: (Number(flags) & chunkFlag.repeats) !== 0,
      dropped: (Number(flags) & chunkFlag.dropped) !== 0
    })
  }
  return chunks
}

const none: PointColumns = { steps: new Float64Array(0), times: new Float64Array(0), values: new Float64Array(0) }

const headPoints = (prepare: Prepare, layer: Layer, key: KeyRow, name: string): PointColumns => {
  const frames = headFrames(prepare, layer.row)
  const found: Array<{ readonly section: (typeof frames)[number]["sections"][number]; readonly column: number }> = []
  let count = 0
  for (const frame of frames) {
    if (frame.segment !== layer.segment || frame.seq <= key.forgottenSeq) continue
    for (const section of frame.sections) {
      const column = columnsOf(section).get(name)
      if (column === undefined || section.kind(column) !== "number") continue
      found.push({ section, column })
      count += section.count(column)
    }
  }
  if (count === 0) return none
  const steps = new Float64Array(count)
  const times = new Float64Array(count)
  const values = new Float64Array(count)
  let offset = 0
  for (const { section, column } of found) offset += section.copyNumbers(column, steps, times, values, offset)
  return upTo({ steps, times, values }, layer.cut)
}

/** The points with a step up to `cut`, in the same order. */
export const upTo = (points: PointColumns, cut: number): PointColumns => {
  const { steps, times, values } = points
  if (cut === Number.POSITIVE_INFINITY) return points
  let kept = 0
  for (let i = 0; i < steps.length; i++) {
    if (steps[i]! > cut) continue
    steps[kept] = steps[i]!
    times[kept] = times[i]!
    values[kept] = values[i]!
    kept++
  }
  return { steps: steps.slice(0, kept), times: times.slice(0, kept), values: values.slice(0, kept) }
}

/** Steps of an axis, ascending. */
export const axisSteps = (prepare: Prepare, axis: number): Float64Array =>
  columnValues(new PackedBytes(axisBody(prepare, axis)), 0)

const axisBody = (prepare: Prepare, axis: number): Uint8Array =>
  prepare("select body from metric_axis where id = ?").get(axis)?.body as Uint8Array

/** A chunk's visible points, or none where retention took its values. */
export const chunkPointsOf = (prepare: Prepare, chunk: ChunkRef, cut: number): PointColumns => {
  if (chunk.dropped) return none
  const axis = new PackedBytes(axisBody(prepare, chunk.axis))
  const body = prepare("select body from metric_chunk where id = ?").get(chunk.id)?.body as Uint8Array
  const points = {
    steps: columnValues(axis, 0),
    times: columnValues(axis, axisTimesAt(axis)),
    values: columnValues(new PackedBytes(body), 0)
  }
  return chunk.s1 <= cut ? points : upTo(points, cut)
}

/** Least and greatest visible step, or null where nothing is visible. */
export const stepExtent = (
  prepare: Prepare,
  parts: ReadonlyArray<SeriesPart>
): { readonly first: number; readonly last: number } | null => {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const { chunks, head, cut } of parts) {
    for (const chunk of chunks) {
      if (chunk.s0 < first) first = chunk.s0
      const end = chunk.s1 <= cut ? chunk.s1 : axisSteps(prepare, chunk.axis).findLast((step) => step <= cut)!
      if (end > last) last = end
    }
    for (const step of head.steps) {
      if (step < first) first = step
      if (step > last) last = step
    }
  }
  return first > last ? null : { first, last }
}
