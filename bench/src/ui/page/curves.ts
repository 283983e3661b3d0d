/** Curves of a training run, the same for both sides: a decay with noise, one shared x because uPlot needs that. */
export interface Wall {
  readonly x: Float64Array
  /** By chart, by run. */
  readonly y: ReadonlyArray<ReadonlyArray<Float64Array>>
}

export const makeWall = (charts: number, runs: number, points: number): Wall => {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const curve = () => {
    const [height, speed, floor] = [1 + random() * 2, 2 + random() * 6, random() * 0.4]
    return Float64Array.from(
      { length: points },
      (_, at) => height * Math.exp((-speed * at) / points) + floor + (random() - 0.5) * 0.15
    )
  }
  return {
    x: Float64Array.from({ length: points }, (_, at) => at * 10),
    y: Array.from({ length: charts }, () => Array.from({ length: runs }, curve))
  }
}
