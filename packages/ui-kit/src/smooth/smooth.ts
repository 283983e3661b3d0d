/**
 * Smoothing of one line. Every kind keeps the length of its input, and a value that is not finite stays where it is and leaves
 * no trace in its neighbours: a single NaN must not erase the rest of a run.
 */

import { type Smoothing, smooths } from "./Smoothing.ts"
import { gaussian, movingAverage, movingMedian } from "./window.ts"

/** Exponential moving average with the bias of the first values removed (as TensorBoard): s/(1 − wⁿ) with s ← w·s + (1 − w)·y. */
const ema = (y: Float64Array, weight: number): Float64Array => {
  const out = new Float64Array(y.length)
  let sum = 0
  let remaining = 1
  for (let index = 0; index < y.length; index++) {
    const value = y[index]!
    if (!Number.isFinite(value)) {
      out[index] = value
      continue
    }
    sum = sum * weight + (1 - weight) * value
    remaining *= weight
    out[index] = sum / (1 - remaining)
  }
  return out
}

/** Units of x that a whole chart is taken to have when weights fade with distance; W&B's constant. */
const viewportScale = 1000

/**
 * Time-weighted EMA, the formula of W&B's charts: the past fades with the distance in x, measured in thousandths of the x-range,
 * so uneven logging does not shift the line. w = min(√weight, 0.999), d = (xᵢ − xᵢ₋₁)/range · 1000, s ← s·wᵈ + yᵢ, c ← c·wᵈ + 1.
 */
const timeWeighted = (x: Float64Array, y: Float64Array, weight: number): Float64Array => {
  const out = new Float64Array(y.length)
  const range = (x[x.length - 1] ?? 0) - (x[0] ?? 0)
  const base = Math.log(Math.min(Math.sqrt(weight), 0.999))
  const perUnit = range > 0 ? (base * viewportScale) / range : base
  let sum = 0
  let count = 0
  let lastX = x[0] ?? 0
  for (let index = 0; index < y.length; index++) {
    const value = y[index]!
    if (!Number.isFinite(value)) {
      out[index] = value
      continue
    }
    const fade = Math.exp(perUnit * (x[index]! - lastX))
    lastX = x[index]!
    sum = sum * fade + value
    count = count * fade + 1
    out[index] = sum / count
  }
  return out
}

/** Smooths values over ascending x. Weights of 1 and more are taken as 0.999, window widths are rounded up to odd. */
export const smooth = (x: Float64Array, y: Float64Array, smoothing: Smoothing): Float64Array => {
  if (!smooths(smoothing)) return y
  const { kind, amount } = smoothing
  switch (kind) {
    case "ema":
      return ema(y, Math.min(amount, 0.999))
    case "twema":
      return timeWeighted(x, y, Math.min(amount, 0.999))
    case "gaussian":
      return gaussian(y, amount)
    case "average":
      return movingAverage(y, amount)
    case "median":
      return movingMedian(y, amount)
    default:
      return y
  }
}
