/** Smoothed values of a series, computed when first asked for; both the picture and the cursor read them. */

import { type Smoothing, smooths } from "../smooth/Smoothing.ts"
import { smooth } from "../smooth/smooth.ts"
import type { ChartSeries } from "./ChartSeries.ts"

const smoothedOf = new WeakMap<ChartSeries, { version: number; smoothing: Smoothing; y: Float64Array }>()

/** The smoothed values of a series, remembered until it or the smoothing changes. */
export const smoothedValues = (series: ChartSeries, smoothing: Smoothing): Float64Array => {
  if (!smooths(smoothing)) return series.y
  const known = smoothedOf.get(series)
  if (known !== undefined && known.version === series.version && sameSmoothing(known.smoothing, smoothing))
    return known.y
  const y = smooth(series.x, series.y, smoothing)
  smoothedOf.set(series, { version: series.version, smoothing, y })
  return y
}

const sameSmoothing = (a: Smoothing, b: Smoothing) => a.kind === b.kind && a.amount === b.amount
