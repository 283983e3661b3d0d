/** Sets of steps as ascending arrays. Series of one run mostly have the same steps, so equal sets are found first. */

const isEqual = (a: Float64Array, b: Float64Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

export const unionOf = (a: Float64Array, b: Float64Array): Float64Array => {
  if (isEqual(a, b)) return a
  const out = new Float64Array(a.length + b.length)
  let [i, j, size] = [0, 0, 0]
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i]! : Number.POSITIVE_INFINITY
    const right = j < b.length ? b[j]! : Number.POSITIVE_INFINITY
    out[size++] = Math.min(left, right)
    if (left <= right) i++
    if (right <= left) j++
  }
  return out.subarray(0, size)
}

export const intersectionOf = (a: Float64Array, b: Float64Array): Float64Array => {
  if (isEqual(a, b)) return a
  const out = new Float64Array(Math.min(a.length, b.length))
  let [i, j, size] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i]!, b[j]!]
    if (left === right) out[size++] = left
    if (left <= right) i++
    if (right <= left) j++
  }
  return out.subarray(0, size)
}

/** At most `most` of them at even distances, the first and the last among them. */
export const evenly = (steps: Float64Array, most: number): Float64Array => {
  if (steps.length <= most) return steps
  if (most <= 1) return steps.subarray(0, Math.max(0, most))
  const last = steps.length - 1
  return Float64Array.from({ length: most }, (_, i) => steps[Math.round((i * last) / (most - 1))]!)
}
