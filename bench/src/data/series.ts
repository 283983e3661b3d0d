/** Series as training logs them, the same on every machine: nine kinds that between them cover what trackers store. */

/** Mulberry32. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const gaussian = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const fill = (count: number, of: (i: number) => number): Float64Array => {
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = of(i)
  return values
}

const loss = (i: number, count: number, noise: number) => (2.5 * Math.exp((-i * 5) / count) + 0.3) * (1 + 0.05 * noise)

/** By name: `count` values from `seed`. */
export const seriesKinds: Readonly<Record<string, (count: number, seed: number) => Float64Array>> = {
  "loss, float32": (count, seed) => {
    const noise = gaussian(seededRandom(seed))
    return fill(count, (i) => Math.fround(loss(i, count, noise())))
  },
  "moving average, float64": (count, seed) => {
    const noise = gaussian(seededRandom(seed))
    let mean = 2.8
    return fill(count, (i) => {
      mean = 0.98 * mean + 0.02 * loss(i, count, noise())
      return mean
    })
  },
  "noise, float64": (count, seed) => {
    const noise = gaussian(seededRandom(seed))
    return fill(count, noise)
  },
  "cosine rate, float64": (count) => fill(count, (i) => 3e-4 * 0.5 * (1 + Math.cos((Math.PI * i) / count))),
  "accuracy k/256": (count, seed) => {
    const random = seededRandom(seed)
    return fill(count, (i) => Math.floor(256 * (0.9 - 0.8 * Math.exp((-i * 4) / count)) + random() * 20) / 256)
  },
  "three decimals": (count, seed) => {
    const random = seededRandom(seed)
    return fill(count, () => Math.round((50 + random() * 20) * 1000) / 1000)
  },
  "integer gauge": (count, seed) => {
    const random = seededRandom(seed)
    return fill(count, () => 90 + Math.floor(random() * 10))
  },
  epoch: (count) => fill(count, (i) => Math.floor(i / 1000)),
  constant: (count) => fill(count, () => 0.1)
}

/** Unix milliseconds of steps that take 250 ms ± 3 %. */
export const jitteredTimes = (count: number, seed = 9): Float64Array => {
  const noise = gaussian(seededRandom(seed))
  let time = 1.7632e12
  return fill(count, () => {
    time += Math.max(0.001, 250 * (1 + 0.03 * noise()))
    return Math.floor(time)
  })
}

/** The mixed set of benches: 100 keys, the nine kinds in turn. */
export const mixedKeys = (rows: number): ReadonlyArray<{ readonly key: string; readonly values: Float64Array }> => {
  const kinds = Object.values(seriesKinds)
  return Array.from({ length: 100 }, (_, k) => ({
    key: `layer_${String(k).padStart(2, "0")}/metric`,
    values: kinds[k % kinds.length]!(rows, k + 1)
  }))
}
