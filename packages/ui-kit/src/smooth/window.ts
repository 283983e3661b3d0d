/** Smoothing by a window around each point. At the ends the window is cut, not padded, so nothing is invented. */

const halfOf = (width: number): number => Math.max(0, Math.floor(Math.ceil(width) / 2))

/** Weighted mean with weights exp(−d²/2σ²) of the points within 3σ, where d counts points. */
export const gaussian = (y: Float64Array, sigma: number): Float64Array => {
  const half = Math.max(1, Math.ceil(3 * sigma))
  const weights = Float64Array.from({ length: half + 1 }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma)))
  const out = new Float64Array(y.length)
  for (let index = 0; index < y.length; index++) {
    if (!Number.isFinite(y[index]!)) {
      out[index] = y[index]!
      continue
    }
    let sum = 0
    let total = 0
    for (let at = Math.max(0, index - half); at <= Math.min(y.length - 1, index + half); at++) {
      const value = y[at]!
      if (!Number.isFinite(value)) continue
      const weight = weights[Math.abs(at - index)]!
      sum += weight * value
      total += weight
    }
    out[index] = sum / total
  }
  return out
}

/** Mean over the window, by a running sum; a window of four becomes five wide so that it has a middle. */
export const movingAverage = (y: Float64Array, width: number): Float64Array => {
  const half = halfOf(width)
  const out = new Float64Array(y.length)
  let sum = 0
  let count = 0
  let from = 0
  let to = 0
  for (let index = 0; index < y.length; index++) {
    for (; to < y.length && to <= index + half; to++) {
      if (!Number.isFinite(y[to]!)) continue
      sum += y[to]!
      count += 1
    }
    for (; from < index - half; from++) {
      if (!Number.isFinite(y[from]!)) continue
      sum -= y[from]!
      count -= 1
    }
    out[index] = Number.isFinite(y[index]!) ? sum / count : y[index]!
  }
  return out
}

/** Median over the window; the mean of the middle two where the window holds an even number of values. */
export const movingMedian = (y: Float64Array, width: number): Float64Array => {
  const half = halfOf(width)
  const out = new Float64Array(y.length)
  const scratch = new Float64Array(2 * half + 1)
  for (let index = 0; index < y.length; index++) {
    if (!Number.isFinite(y[index]!)) {
      out[index] = y[index]!
      continue
    }
    let count = 0
    for (let at = Math.max(0, index - half); at <= Math.min(y.length - 1, index + half); at++) {
      if (Number.isFinite(y[at]!)) scratch[count++] = y[at]!
    }
    const sorted = scratch.subarray(0, count).sort()
    const middle = count >> 1
    out[index] = count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  }
  return out
}
