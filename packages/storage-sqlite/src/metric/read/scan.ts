/**
 * Every point of a series, exact to the bit, in batches. Chunks that do not overlap are read one after the other; only those that
 * do are brought together and sorted, so a long series never lies in memory as a whole.
 */
import { lastOfEachStep, type PointBatch, type PointColumns, type ScanQuery } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import type { ReaderQuery } from "../../reader/ReaderQuery.ts"
import { seriesKinds } from "../seriesKinds.ts"
import { joinPoints } from "./collectPoints.ts"
import { type Layer, lineageOf } from "./lineage.ts"
import { type OtherKind, otherRowsOf } from "./otherParts.ts"
import { chunkPointsOf, seriesParts } from "./SeriesPart.ts"

type Prepare = SqliteDatabase["prepare"]

const batchPoints = 65_536

interface Source {
  readonly s0: number
  readonly s1: number
  /** Place in order of arrival. */
  readonly arrival: number
  readonly load: () => PointColumns
}

export const scanQuery: ReaderQuery<ScanQuery, PointBatch> = {
  name: "metrics.scan",
  *run({ prepare }, query) {
    const { layers } = lineageOf(prepare, query.run)
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, repeats = "last" } = query
    for (const cluster of clustersOf(sourcesOf(prepare, layers, query.key, from, to))) {
      const all = joinPoints(cluster.map(({ load }) => load()))
      const points = repeats === "last" ? lastOfEachStep(all) : all
      yield* batches(points, from, to)
      yield null
    }
    for (const kind of seriesKinds) {
      if (kind !== "number") yield* otherBatches(prepare, layers, query.key, kind, from, to, repeats)
    }
  }
}

const sourcesOf = (
  prepare: Prepare,
  layers: ReadonlyArray<Layer>,
  key: string,
  from: number,
  to: number
): ReadonlyArray<Source> => {
  const sources: Array<Source> = []
  const add = (s0: number, s1: number, load: () => PointColumns) => {
    if (s1 >= from && s0 <= to) sources.push({ s0, s1, arrival: sources.length, load })
  }
  for (const { chunks, head, cut } of seriesParts(prepare, layers, key)) {
    for (const chunk of chunks) add(chunk.s0, Math.min(chunk.s1, cut), () => chunkPointsOf(prepare, chunk, cut))
    if (head.steps.length === 0) continue
    const s0 = head.steps.reduce((a, b) => Math.min(a, b))
    const s1 = head.steps.reduce((a, b) => Math.max(a, b))
    add(s0, s1, () => head)
  }
  return sources
}

/** Groups of sources that share steps, in order of step; in a group by arrival. */
function* clustersOf(sources: ReadonlyArray<Source>): Generator<ReadonlyArray<Source>, void, void> {
  const sorted = [...sources].sort((a, b) => a.s0 - b.s0)
  let cluster: Array<Source> = []
  let end = Number.NEGATIVE_INFINITY
  for (const source of sorted) {
    if (cluster.length > 0 && source.s0 > end) {
      yield cluster.sort((a, b) => a.arrival - b.arrival)
      cluster = []
    }
    cluster.push(source)
    end = Math.max(end, source.s1)
  }
  if (cluster.length > 0) yield cluster.sort((a, b) => a.arrival - b.arrival)
}

/** First index whose step is at least `step` (or beyond it), in ascending steps. */
const boundOf = (steps: Float64Array, step: number, beyond: boolean): number => {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (steps[middle]! < step || (beyond && steps[middle] === step)) low = middle + 1
    else high = middle
  }
  return low
}

function* batches(points: PointColumns, from: number, to: number): Generator<PointBatch, void, void> {
  const { steps, times, values } = points
  const end = boundOf(steps, to, true)
  for (let at = boundOf(steps, from, false); at < end; at += batchPoints) {
    const next = Math.min(end, at + batchPoints)
    // Copies that fill their buffers: those are moved between threads.
    yield { kind: "number", steps: steps.slice(at, next), times: times.slice(at, next), values: values.slice(at, next) }
  }
}

function* otherBatches(
  prepare: Prepare,
  layers: ReadonlyArray<Layer>,
  key: string,
  kind: OtherKind,
  from: number,
  to: number,
  repeats: "all" | "last"
): Generator<PointBatch | null, void, void> {
  const rows = otherRowsOf(prepare, layers, key, kind)
  const kept: Array<number> = []
  for (let i = 0; i < rows.steps.length; i++) {
    const step = rows.steps[i]!
    if (step >= from && step <= to && (repeats === "all" || rows.steps[i + 1] !== step)) kept.push(i)
  }
  for (let at = 0; at < kept.length; at += batchPoints) {
    const part = kept.slice(at, at + batchPoints)
    yield {
      kind,
      steps: Float64Array.from(part, (i) => rows.steps[i]!),
      times: Float64Array.from(part, (i) => rows.times[i]!),
      values: part.map((i) => rows.values[i]!)
    } as PointBatch
  }
  yield null
}
