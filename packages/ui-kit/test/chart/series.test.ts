import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ChartSeries, Marks } from "../../src/series/ChartSeries.ts"
import { decimate } from "../../src/series/decimate.ts"
import { fromBuckets } from "../../src/series/fromBuckets.ts"
import { nearestIndex, windowOf } from "../../src/series/search.ts"

const column = (...values: ReadonlyArray<number>) => Float64Array.from(values)
const fuzz = Number(process.env.WANLLMDB_FUZZ ?? 1)
const value = fc.oneof(
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
)

describe("a chart series", () => {
  it("finds the extremes of any window as a plain loop does", () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.nat(400),
        fc.nat(400),
        fc.boolean(),
        (values, a, b, positive) => {
          const half = values.length >> 1
          const series = new ChartSeries("s", {
            x: Float64Array.from(values.slice(0, half), (_, i) => i),
            y: Float64Array.from(values.slice(0, half))
          })
          series.append({
            x: Float64Array.from(values.slice(half), (_, i) => half + i),
            y: Float64Array.from(values.slice(half))
          })
          const [from, to] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)]
          const inside = values.slice(from, to).filter((one) => Number.isFinite(one))
          const lows = positive ? inside.filter((one) => one > 0) : inside
          const [low, high] = series.extent(from, to, positive)
          expect(low).toBe(lows.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...lows) + 0)
          expect(high).toBe(inside.length === 0 ? Number.NEGATIVE_INFINITY : Math.max(...inside) + 0)
        }
      ),
      { numRuns: 100 * fuzz }
    )
  })

  it("takes only points that come after its last one", () => {
    const series = new ChartSeries("s", { x: column(0, 1, 2), y: column(5, 6, 7) })
    const epoch = series.epoch
    series.append({ x: column(1, 2, 3), y: column(9, 9, 8) })
    expect([...series.x]).toEqual([0, 1, 2, 3])
    expect([...series.y]).toEqual([5, 6, 7, 8])
    expect(series.epoch).toBe(epoch)
  })

  it("sorts points that come in disorder", () => {
    const series = new ChartSeries("s", { x: column(2, 0, 1), y: column(30, 10, 20) })
    expect([...series.y]).toEqual([10, 20, 30])
  })

  it("marks values that are no numbers, and a band's row of extremes survives thinning", () => {
    const series = new ChartSeries("s", {
      x: column(0, 1, 2, 3),
      y: column(1, Number.NaN, 9, Number.NEGATIVE_INFINITY)
    })
    expect([...series.marks]).toEqual([0, Marks.nan, 0, Marks.below])
    series.thin()
    expect(series.length).toBe(2)
    expect([...series.marks]).toEqual([Marks.nan, Marks.below])
    expect(series.extent(0, 2)).toEqual([1, 9])
  })
})

describe("buckets", () => {
  const buckets = {
    run: "r" as never,
    key: "loss",
    x: column(0, 4),
    firstX: column(0, 4),
    lastX: column(3, 7),
    min: column(1, 0.5),
    max: column(5, 2),
    mean: column(2, 1),
    sum: column(8, 4),
    first: column(5, 1),
    last: column(1, 0.75),
    count: column(4, 4),
    nan: column(0, 1),
    posInf: column(0, 0),
    negInf: column(0, 0),
    width: 4,
    cursor: 9
  }

  it("become a line that begins and ends in the points that were logged", () => {
    const line = fromBuckets(buckets)
    expect([...line.x]).toEqual([0, 1.5, 5.5, 7])
    expect([...line.y]).toEqual([5, 2, 1, 0.75])
    expect([...line.low!]).toEqual([5, 1, 0.5, 0.75])
    expect([...line.high!]).toEqual([5, 5, 2, 0.75])
    expect([...line.marks!]).toEqual([0, 0, Marks.nan, 0])
  })

  it("of single points have no band", () => {
    const single = { ...buckets, lastX: column(0, 4), min: column(2, 1), max: column(2, 1), count: column(1, 1) }
    expect(fromBuckets(single)).toEqual({ x: column(0, 4), y: column(2, 1), marks: Uint8Array.of(0, Marks.nan) })
  })
})

describe("decimation", () => {
  it("keeps the first, lowest, highest and last point of every pixel column", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.double({ min: -100, max: 100, noNaN: true })), {
          minLength: 1,
          maxLength: 300
        }),
        (points) => {
          const sorted = points.map(([x, y], at) => ({ x: x + (at % 7) / 10, y })).sort((a, b) => a.x - b.x)
          const x = Float64Array.from(sorted, (p) => p.x)
          const y = Float64Array.from(sorted, (p) => p.y)
          const length = decimate(x, y, sorted.length)
          const kept = Array.from({ length }, (_, at) => ({ x: x[at]!, y: y[at]! }))
          for (const pixel of new Set(sorted.map((p) => Math.floor(p.x)))) {
            const before = sorted.filter((p) => Math.floor(p.x) === pixel)
            const after = kept.filter((p) => Math.floor(p.x) === pixel)
            expect(after.length).toBeLessThanOrEqual(4)
            expect(after[0]).toEqual(before[0])
            expect(after.at(-1)).toEqual(before.at(-1))
            expect(Math.min(...after.map((p) => p.y))).toBe(Math.min(...before.map((p) => p.y)))
            expect(Math.max(...after.map((p) => p.y))).toBe(Math.max(...before.map((p) => p.y)))
          }
        }
      ),
      { numRuns: 100 * fuzz }
    )
  })
})

describe("search", () => {
  it("finds the nearest point and the window with a neighbour on each side", () => {
    const x = column(0, 10, 20, 30)
    expect([-5, 4, 6, 25, 99].map((at) => nearestIndex(x, at))).toEqual([0, 0, 1, 2, 3])
    expect(nearestIndex(column(), 3)).toBe(-1)
    expect(windowOf(x, 12, 18)).toEqual([1, 3])
    expect(windowOf(x, -5, 99)).toEqual([0, 4])
  })
})
