/**
 * M4: of all points that fall into one pixel column, the first, the lowest, the highest and the last. The line through them
 * covers the same pixels as the line through all, and no spike is lost.
 */

/** Works in place on points in pixels, x ascending; NaN in y breaks the line and is kept. Answers how many points remain. */
export const decimate = (x: Float64Array, y: Float64Array, length: number): number => {
  let out = 0
  let index = 0
  while (index < length) {
    const column = Math.floor(x[index]!)
    let end = index + 1
    while (end < length && Math.floor(x[end]!) === column && !Number.isNaN(y[end]!)) end++
    if (end - index <= 4 || Number.isNaN(y[index]!)) {
      for (; index < end; index++) {
        x[out] = x[index]!
        y[out++] = y[index]!
      }
      continue
    }
    let lowest = index
    let highest = index
    for (let at = index + 1; at < end; at++) {
      if (y[at]! < y[lowest]!) lowest = at
      if (y[at]! > y[highest]!) highest = at
    }
    // In order of arrival, each point once; reading stays ahead of writing because four points at most come from five or more.
    const picked = [index, Math.min(lowest, highest), Math.max(lowest, highest), end - 1]
    let last = -1
    for (const at of picked) {
      if (at === last) continue
      last = at
      x[out] = x[at]!
      y[out++] = y[at]!
    }
    index = end
  }
  return out
}
