/** Puts points in order of (step, arrival) and drops all but the last of a step where that is asked for. */

export interface PointColumns {
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly values: Float64Array
}

export const isAscending = (steps: Float64Array, count = steps.length): boolean => {
  for (let i = 1; i < count; i++) if (steps[i]! < steps[i - 1]!) return false
  return true
}

/** Indexes 0 … count - 1 in order of (step, index), or null when they are in order already. */
export const orderByStep = (steps: Float64Array, count = steps.length): Uint32Array | null => {
  if (isAscending(steps, count)) return null
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  // Typed-array sort is stable, so equal steps keep their order of arrival.
  return order.sort((a, b) => steps[a]! - steps[b]!)
}

export const reorder = (values: Float64Array, order: Uint32Array): Float64Array => {
  const out = new Float64Array(order.length)
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]!]!
  return out
}

/** The points by (step, arrival). The same object when they are in order. */
export const sortByStep = (points: PointColumns): PointColumns => {
  const order = orderByStep(points.steps)
  if (order === null) return points
  return {
    steps: reorder(points.steps, order),
    times: reorder(points.times, order),
    values: reorder(points.values, order)
  }
}

/** Of points in order of (step, arrival), the last of each step. The same object when no step repeats. */
export const lastOfEachStep = (points: PointColumns): PointColumns => {
  const { steps } = points
  const kept: Array<number> = []
  for (let i = 0; i < steps.length; i++) if (steps[i + 1] !== steps[i]) kept.push(i)
  if (kept.length === steps.length) return points
  const order = Uint32Array.from(kept)
  return { steps: reorder(steps, order), times: reorder(points.times, order), values: reorder(points.values, order) }
}
