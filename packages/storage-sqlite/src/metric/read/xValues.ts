/** The x of each point of a series on any axis. */
import { joinByStep, type PointColumns, type SeriesRef, type XAxis } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { collectPoints } from "./collectPoints.ts"
import type { Lineage } from "./lineage.ts"
import { originOf } from "./originOf.ts"
import { seriesParts } from "./SeriesPart.ts"

type Prepare = SqliteDatabase["prepare"]

/** One x for each of `points`, which are in order of (step, arrival); NaN where there is none. */
export const xValues = (
  prepare: Prepare,
  lineage: Lineage,
  ref: SeriesRef,
  axis: XAxis,
  points: PointColumns
): Float64Array => {
  if (axis === "step") return points.steps
  if (axis === "wall") return points.times
  if (axis === "relative") {
    const origin = originOf(prepare, lineage.layers)
    return points.times.map((time) => (time - origin) / 1000)
  }
  const other =
    axis.metric === ref.key ? points : collectPoints(prepare, seriesParts(prepare, lineage.layers, axis.metric))
  return joinByStep(points.steps, other.steps, other.values)
}
