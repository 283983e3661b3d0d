import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatNumber } from "../../src/format/formatNumber.ts"
import { durationTick, formatDuration } from "../../src/scale/durationTicks.ts"
import { formatTick } from "../../src/scale/formatTick.ts"
import { fromAxis, panDomain, type ScaleKind, toAxis, zoomDomain } from "../../src/scale/Scale.ts"
import { roundDomain, roundStep, ticksOf } from "../../src/scale/ticks.ts"

const labels = (kind: ScaleKind, from: number, to: number, most = 6) =>
  ticksOf(kind, { from, to }, most).map((tick) => tick.label)
const runs = { numRuns: 100 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true })

describe("linear ticks", () => {
  it("stand at round numbers, three to six of them, inside the domain", () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (from, span) => {
        const to = from + span
        fc.pre(to - from > Math.abs(to) * 1e-9)
        const ticks = ticksOf("linear", { from, to })
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(6)
        const step = roundStep({ from, to }, 6)
        const mantissa = step / 10 ** Math.floor(Math.log10(step) + 1e-9)
        expect([1, 2, 2.5, 5].some((round) => Math.abs(mantissa - round) < 1e-6)).toBe(true)
        for (const { value } of ticks) {
          expect(value).toBeGreaterThanOrEqual(from - step * 1e-6)
          expect(value).toBeLessThanOrEqual(to + step * 1e-6)
        }
      }),
      runs
    )
  })

  it("have labels that differ", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (from, span) => {
          const shown = labels("linear", from, from + span)
          expect(new Set(shown).size).toBe(shown.length)
        }
      ),
      runs
    )
  })

  it("read as people write them", () => {
    expect(labels("linear", 0, 1)).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"])
    expect(labels("linear", 0, 10_000, 5)).toEqual(["0", "2.5k", "5k", "7.5k", "10k"])
    expect(labels("linear", -2e6, 2e6, 5)).toEqual(["−2M", "−1M", "0", "1M", "2M"])
    expect(labels("linear", 0, 4e-6, 5)).toEqual(["0", "1e−6", "2e−6", "3e−6", "4e−6"])
  })
})

describe("other ticks", () => {
  it("of a logarithmic axis are powers of ten, or 1, 2, 5 where few powers show", () => {
    expect(labels("log", 1e-3, 1e3)).toEqual(["0.01", "1", "100"])
    expect(labels("log", 1e-2, 1e3)).toEqual(["0.01", "0.1", "1", "10", "100", "1k"])
    expect(labels("log", 0.1, 10)).toEqual(["0.1", "0.3", "1", "3", "10"])
    expect(labels("log", 0.9, 11)).toEqual(["1", "2", "5", "10"])
    expect(labels("log2", 1, 256, 5)).toEqual(["1", "4", "16", "64", "256"])
  })

  it("of a symmetric logarithm pass through zero", () => {
    const ticks = ticksOf("symlog", { from: -10, to: 10 })
    expect(ticks.some(({ value }) => value === 0)).toBe(true)
    expect(ticks.map(({ value }) => value)).toEqual([...ticks.map(({ value }) => value)].sort((a, b) => a - b))
  })

  it("of durations stand at whole seconds, minutes, hours and days", () => {
    expect(labels("duration", 0, 30, 4)).toEqual(["0", "10 s", "20 s", "30 s"])
    expect(labels("duration", 0, 3600, 5)).toEqual(["0", "15 min", "30 min", "45 min", "1 h"])
    expect(labels("duration", 0, 86_400 * 3, 4)).toEqual(["0", "1 d", "2 d", "3 d"])
    expect(durationTick(5400, 1800)).toBe("1 h 30")
  })

  it("of the wall clock never leave the domain and name the day where it changes", () => {
    const from = new Date(2026, 10, 24, 22, 0).getTime()
    const ticks = ticksOf("time", { from, to: from + 4 * 3_600_000 }, 5)
    expect(ticks.map(({ label }) => label)).toEqual(["22:00", "23:00", "25 Nov", "01:00", "02:00"])
  })

  it("exist for domains of any kind and size", () => {
    const kinds: ReadonlyArray<ScaleKind> = ["linear", "log", "log2", "symlog", "time", "duration"]
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.double({ min: 1.01, max: 1e6, noNaN: true }),
        (kind, from, factor) => {
          const ticks = ticksOf(kind, { from, to: from * factor })
          expect(ticks.length).toBeLessThanOrEqual(6 + (kind === "symlog" ? 2 : 0))
          for (const { label } of ticks) expect(label).not.toMatch(/NaN|Infinity|undefined/)
        }
      ),
      runs
    )
  })
})

describe("domains", () => {
  it("widen to round ends, but not for a sliver above a tick", () => {
    expect(roundDomain("linear", { from: 0.05, to: 0.97 })).toEqual({ from: 0, to: 1 })
    expect(roundDomain("linear", { from: 0, to: 1.01 }).to).toBe(1.01)
  })

  it("come back from the space of their axis", () => {
    const kinds: ReadonlyArray<ScaleKind> = ["linear", "log", "log2", "symlog", "time", "duration"]
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (kind, value) => {
        expect(fromAxis(kind, toAxis(kind, value)) / value).toBeCloseTo(1, 6)
      }),
      runs
    )
  })

  it("zoom about a point that stays where it is, and pan by their own length", () => {
    expect(zoomDomain("linear", { from: 0, to: 100 }, 0.5, 0.25)).toEqual({ from: 12.5, to: 62.5 })
    const panned = panDomain("log", { from: 1, to: 100 }, 0.5)
    expect(panned.from).toBeCloseTo(10)
    expect(panned.to).toBeCloseTo(1000)
  })
})

describe("numbers for reading", () => {
  it.each([
    [0.104312, "0.1043"],
    [0.0812, "0.0812"],
    [4210, "4,210"],
    [12345.678, "12,346"],
    [1.2344e-12, "1.234e−12"],
    [12_345_678, "12.35M"],
    [1e12, "1T"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [-0, "0"],
    [-3.5, "−3.500"]
  ])("%d is %s", (value, text) => expect(formatNumber(value)).toBe(text))

  it.each([
    [0.84, "0.84 s"],
    [42, "42 s"],
    [728, "12 min 08 s"],
    [11_100, "3 h 05 min"],
    [187_200, "2 d 04 h"]
  ])("%d seconds are %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text))

  it("keeps as many decimals as tell ticks apart", () => {
    expect(formatTick(0.25, 0.25)).toBe("0.25")
    expect(formatTick(1500, 500)).toBe("1.5k")
    expect(formatTick(1_000_002, 2)).toBe("1.000002M")
  })
})
