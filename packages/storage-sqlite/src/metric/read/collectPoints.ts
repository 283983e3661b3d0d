/** All points of a series in order of (step, arrival), for the questions that cells cannot answer. */
import { type PointColumns, sortByStep } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { chunkPointsOf, type SeriesPart } from "./SeriesPart.ts"

export const collectPoints = (prepare: SqliteDatabase["prepare"], parts: ReadonlyArray<SeriesPart>): PointColumns =>
  joinPoints(
    parts.flatMap(({ chunks, head, cut }) => [...chunks.map((chunk) => chunkPointsOf(prepare, chunk, cut)), head])
  )

/** Sources in order of arrival as one, sorted by (step, arrival). */
export const joinPoints = (sources: ReadonlyArray<PointColumns>): PointColumns => {
  if (sources.length === 1) return sortByStep(sources[0]!)
  const count = sources.reduce((sum, { steps }) => sum + steps.length, 0)
  const joined = { steps: new Float64Array(count), times: new Float64Array(count), values: new Float64Array(count) }
  let offset = 0
  for (const { steps, times, values } of sources) {
    joined.steps.set(steps, offset)
    joined.times.set(times, offset)
    joined.values.set(values, offset)
    offset += steps.length
  }
  return sortByStep(joined)
}
