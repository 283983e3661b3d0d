/**
 * Live runs leave small chunks. Eight small neighbours of a key become one (all of them when the run has ended), so each point
 * is rewritten at most a few times. Keys whose chunks share their axes are merged together and share the new one.
 */
import { axisRows, axisTimesAt, decodeColumn, PackedBytes } from "@wanllmdb/core/metric"
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import { chunkFlag } from "../chunkFlag.ts"
import type { RunRow } from "../RunRow.ts"
import { ChunkSink, chunkPoints } from "./ChunkSink.ts"
import { type LoadedGroup, type SeriesGroup, slicesOf } from "./SeriesGroup.ts"

/** A chunk of fewer points is small. */
export const smallPoints = chunkPoints / 8
const neighbours = 8
const pageRows = 4096

interface SmallChunk {
  readonly id: number
  readonly key: number
  readonly segment: number
  readonly seqLo: number
  readonly seqHi: number
  readonly n: number
  readonly axis: number
  readonly dropped: boolean
}

interface Merge extends SeriesGroup {
  /** Chunks of each key, in order of arrival. */
  readonly chunks: ReadonlyMap<number, ReadonlyArray<SmallChunk>>
}

export function* mergeChunks(context: WriterContext, row: RunRow, final: boolean): Generator<TaskStep, void, void> {
  for (const merges of yield* planMerges(context, row, final)) {
    const sink = new ChunkSink(context, row.id)
    const { prepare } = context
    for (const slice of slicesOf(merges)) {
      for (const { group, keys } of slice) {
        const merge = group as Merge
        const loaded = load(context, merge, keys)
        yield* sink.numbers(loaded, (key) => {
          for (const { id } of merge.chunks.get(key)!) {
            prepare("delete from metric_chunk where id = ?").run(id)
            prepare("delete from metric_tile where chunk = ?").run(id)
          }
        })
      }
    }
    const axes = new Set(
      merges.flatMap(({ chunks }) => [...chunks.values()].flatMap((all) => all.map(({ axis }) => axis)))
    )
    sink.finish(() => {
      for (const axis of axes) {
        prepare(
          "delete from metric_axis where id = ? and not exists (select 1 from metric_chunk where metric_chunk.axis = ?)"
        ).run(axis, axis)
      }
    })
    yield
  }
}

/** Merges of a run, in lists of bounded size. */
function* planMerges(
  { prepare }: WriterContext,
  row: RunRow,
  final: boolean
): Generator<TaskStep, ReadonlyArray<ReadonlyArray<Merge>>, void> {
  const lists: Array<ReadonlyArray<Merge>> = []
  for (let after = -1; ; ) {
    const rows = prepare(
      `select id, key, segment, seq_lo, seq_hi, n, axis, flags from metric_chunk indexed by metric_chunk_series
       where run = ? and key > ? and kind = 0 order by key, segment, seq_hi, seq_lo, s0 limit ?`
    ).all(row.id, after, pageRows)
    let chunks = rows.map((chunk) => ({
      id: Number(chunk.id),
      key: Number(chunk.key),
      segment: Number(chunk.segment),
      seqLo: Number(chunk.seq_lo),
      seqHi: Number(chunk.seq_hi),
      n: Number(chunk.n),
      axis: Number(chunk.axis),
      dropped: (Number(chunk.flags) & chunkFlag.dropped) !== 0
    }))
    const last = chunks[chunks.length - 1]?.key
    if (last === undefined) break
    // The last key of a full page may go on in the next one.
    if (rows.length === pageRows && chunks[0]!.key !== last) chunks = chunks.filter(({ key }) => key !== last)
    after = chunks[chunks.length - 1]!.key
    const merges = mergesOf(chunks, final)
    if (merges.length > 0) lists.push(merges)
    yield
    if (rows.length < pageRows) break
  }
  return lists
}

const mergesOf = (chunks: ReadonlyArray<SmallChunk>, final: boolean): ReadonlyArray<Merge> => {
  const bySignature = new Map<string, Map<number, ReadonlyArray<SmallChunk>>>()
  for (const run of smallRuns(chunks, final ? 2 : neighbours)) {
    const signature = run.map(({ axis }) => axis).join(",")
    const keys = bySignature.get(signature) ?? new Map<number, ReadonlyArray<SmallChunk>>()
    keys.set(run[0]!.key, run)
    bySignature.set(signature, keys)
  }
  return [...bySignature.values()].map((merged) => {
    const [sample] = merged.values() as Iterable<ReadonlyArray<SmallChunk>> as unknown as [ReadonlyArray<SmallChunk>]
    return {
      rows: sample.reduce((sum, { n }) => sum + n, 0),
      keys: [...merged.keys()],
      segment: sample[0]!.segment,
      seqLo: sample[0]!.seqLo,
      seqHi: sample[sample.length - 1]!.seqHi,
      chunks: merged
    }
  })
}

/** Neighbouring small chunks of one key and segment, at least `least` of them, together one chunk at most. */
const smallRuns = (chunks: ReadonlyArray<SmallChunk>, least: number): ReadonlyArray<ReadonlyArray<SmallChunk>> => {
  const runs: Array<ReadonlyArray<SmallChunk>> = []
  let current: Array<SmallChunk> = []
  let rows = 0
  const end = () => {
    if (current.length >= least) runs.push(current)
    current = []
    rows = 0
  }
  for (const chunk of chunks) {
    const [first] = current
    if (first !== undefined && (first.key !== chunk.key || first.segment !== chunk.segment)) end()
    if (chunk.n >= smallPoints || chunk.dropped) {
      end()
      continue
    }
    if (rows + chunk.n > chunkPoints) end()
    current.push(chunk)
    rows += chunk.n
  }
  end()
  return runs
}

const load = ({ prepare }: WriterContext, merge: Merge, keys: ReadonlyArray<number>): LoadedGroup => {
  const steps = new Float64Array(merge.rows)
  const times = new Float64Array(merge.rows)
  const values = keys.map((key) => {
    const column = new Float64Array(merge.rows)
    let offset = 0
    for (const { id } of merge.chunks.get(key)!) {
      const body = prepare("select body from metric_chunk where id = ?").get(id)?.body
      offset += decodeColumn(new PackedBytes(body as Uint8Array), 0, column, offset)
    }
    return column
  })
  let offset = 0
  for (const { axis } of merge.chunks.get(keys[0]!)!) {
    const body = new PackedBytes(prepare("select body from metric_axis where id = ?").get(axis)!.body as Uint8Array)
    decodeColumn(body, 0, steps, offset)
    decodeColumn(body, axisTimesAt(body), times, offset)
    offset += axisRows(body)
  }
  return { group: merge, keys, steps, times, values }
}
