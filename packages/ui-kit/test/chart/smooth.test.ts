/** Each kind of smoothing against the plainest writing of its formula. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Smoothing, smooths } from "../../src/smooth/Smoothing.ts"
import { smooth } from "../../src/smooth/smooth.ts"

const x = Float64Array.of(0, 1, 2, 4, 8, 9, 10, 20)
const y = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)
const near = (actual: Float64Array, expected: ReadonlyArray<number>) => {
  expect(actual.length).toBe(expected.length)
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 10)
}
const last = (values: ArrayLike<number>, index: number) => values[index]!

describe("smoothing", () => {
  it("by EMA divides out the bias of the first values", () => {
    const weight = 0.6
    const expected = [...y].map((_, n) => {
      let sum = 0
      let total = 0
      for (let index = 0; index <= n; index++) {
        sum += (1 - weight) * weight ** (n - index) * last(y, index)
        total += (1 - weight) * weight ** (n - index)
      }
      return sum / total
    })
    near(smooth(x, y, { kind: "ema", amount: weight }), expected)
  })

  it("by time-weighted EMA fades with the distance in x, as W&B's charts do", () => {
    const amount = 0.9
    const weight = Math.min(Math.sqrt(amount), 0.999)
    let smoothed = 0
    let debias = 0
    const expected = [...y].map((value, index) => {
      const previous = index > 0 ? index - 1 : 0
      const change = ((last(x, index) - last(x, previous)) / 20) * 1000
      const adjusted = weight ** change
      smoothed = smoothed * adjusted + value
      debias = debias * adjusted + 1
      return smoothed / debias
    })
    near(smooth(x, y, { kind: "twema", amount }), expected)
  })

  it("by a Gaussian weighs neighbours by their distance in points", () => {
    const sigma = 1.5
    const expected = [...y].map((_, n) => {
      let sum = 0
      let total = 0
      y.forEach((value, index) => {
        if (Math.abs(index - n) > 5) return
        const weight = Math.exp(-((index - n) ** 2) / (2 * sigma * sigma))
        sum += weight * value
        total += weight
      })
      return sum / total
    })
    near(smooth(x, y, { kind: "gaussian", amount: sigma }), expected)
  })

  it("by a moving average and median cuts its window at the ends", () => {
    near(smooth(x, y, { kind: "average", amount: 3 }), [2, 8 / 3, 2, 10 / 3, 5, 16 / 3, 17 / 3, 4])
    near(smooth(x, y, { kind: "median", amount: 3 }), [2, 3, 1, 4, 5, 5, 6, 4])
  })

  it("by nothing gives the values back", () => {
    expect(smooth(x, y, { kind: "none", amount: 5 })).toBe(y)
    expect(smooths({ kind: "ema", amount: 0 })).toBe(false)
    expect(smooths({ kind: "median", amount: 1 })).toBe(false)
  })

  const kinds: ReadonlyArray<Smoothing> = [
    { kind: "ema", amount: 0.9 },
    { kind: "twema", amount: 0.99 },
    { kind: "gaussian", amount: 2 },
    { kind: "average", amount: 7 },
    { kind: "median", amount: 7 }
  ]
  it.each(kinds)("$kind leaves a NaN where it is and the rest untouched by it", (smoothing) => {
    const broken = y.slice()
    broken[2] = Number.NaN
    broken[5] = Number.POSITIVE_INFINITY
    const out = smooth(x, broken, smoothing)
    expect(out[2]).toBeNaN()
    expect(out[5]).toBe(Number.POSITIVE_INFINITY)
    expect([0, 1, 3, 4, 6, 7].every((index) => Number.isFinite(out[index]))).toBe(true)
  })

  it.each(kinds)("$kind never leaves the range of its values", (smoothing) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const column = Float64Array.from(values)
          const out = smooth(
            Float64Array.from(values, (_, index) => index),
            column,
            smoothing
          )
          const slack = 1e-6 * Math.max(1, ...values.map(Math.abs))
          for (const value of out) {
            expect(value).toBeGreaterThanOrEqual(Math.min(...values) - slack)
            expect(value).toBeLessThanOrEqual(Math.max(...values) + slack)
          }
        }
      ),
      { numRuns: 50 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })
})
