/** Looks up another metric's value at each point's step, which is how a metric becomes the x-axis of others. */

/**
 * For each of `steps` (ascending) the value at the same step in `otherSteps` (ascending), or NaN. Of several points of one step the
 * last to arrive counts. Writes to a new array, one entry a step.
 */
export const joinByStep = (steps: Float64Array, otherSteps: Float64Array, otherValues: Float64Array): Float64Array => {
  const out = new Float64Array(steps.length).fill(Number.NaN)
  let at = 0
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!
    while (at < otherSteps.length && otherSteps[at]! <= step) at++
    if (at > 0 && otherSteps[at - 1] === step) out[i] = otherValues[at - 1]!
  }
  return out
}
