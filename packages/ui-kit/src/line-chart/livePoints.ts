/** Live points of one key as columns over the x-axis that a chart shows. */
import type { XAxis } from "@wanllmdb/core/metric"
import type { SeriesData } from "../series/ChartSeries.ts"
import type { LivePoints } from "./SeriesFeed.ts"

const number = (value: number | string): number =>
  typeof value === "number"
    ? value
    : value === "Infinity"
      ? Number.POSITIVE_INFINITY
      : value === "-Infinity"
        ? Number.NEGATIVE_INFINITY
        : Number.NaN

/**
 * Null when the message has no such points. With another metric as x, points pair up by step within the message; `startMs` is
 * where relative time begins.
 */
export const livePoints = (message: LivePoints, key: string, x: XAxis, startMs: number): SeriesData | null => {
  const points = message.series[key]
  if (points === undefined) return null
  const { steps, timesMs, values } = points
  let positions: ReadonlyArray<number>
  if (x === "step") positions = steps
  else if (x === "wall") positions = timesMs
  else if (x === "relative") positions = timesMs.map((time) => (time - startMs) / 1000)
  else {
    const other = message.series[x.metric]
    if (other === undefined) return null
    const byStep = new Map(other.steps.map((step, index) => [step, number(other.values[index]!)]))
    positions = steps.map((step) => byStep.get(step) ?? Number.NaN)
  }
  const kept = positions
    .map((position, index) => ({ position, value: number(values[index]!) }))
    .filter(({ position }) => Number.isFinite(position))
    .sort((a, b) => a.position - b.position)
  if (kept.length === 0) return null
  return { x: Float64Array.from(kept, (p) => p.position), y: Float64Array.from(kept, (p) => p.value) }
}
