import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readSweepConfig, type SweepConfig } from "../../src/sweep/config/SweepConfig.ts"
import { betaCdf, betaQuantile } from "../../src/sweep/space/betaQuantile.ts"
import { normalQuantile } from "../../src/sweep/space/normalQuantile.ts"

const fuzz = Number(process.env.WANLLMDB_FUZZ ?? 1)

const config = (text: string): SweepConfig => {
  const { config: read, problems } = readSweepConfig(text)
  if (read === null) throw new Error(problems.errors.map(({ message, path }) => `${path}: ${message}`).join("\n"))
  return read
}
const sweep = (parameters: object, method = "random") => config(JSON.stringify({ method, parameters }))
const drawn = (parameters: object, number: number, seed = "s") => {
  const args = JSON.parse(sweep(parameters).space.draw(seed, number))
  return args.x.value
}
const errorsOf = (text: string): ReadonlyArray<string> =>
  readSweepConfig(text).problems.errors.map(({ message, path }) => `${path}: ${message}`)

const bounds = fc
  .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([min, width]) => ({ min, max: min + width }))
  .filter(({ max, min }) => max > min)
const positive = fc
  .tuple(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), fc.double({ min: 1.001, max: 1e6, noNaN: true }))
  .map(([min, factor]) => ({ min, max: min * factor }))
const number = fc.nat({ max: 1e6 })

const isMultiple = (value: number, q: number): boolean => Math.abs(value / q - Math.round(value / q)) < 1e-6

describe("random search", () => {
  it.each(["uniform", "log_uniform_values", "inv_log_uniform_values"])("%s stays inside its bounds", (distribution) => {
    fc.assert(
      fc.property(distribution === "uniform" ? bounds : positive, number, (range, trial) => {
        const value = drawn({ x: { distribution, ...range } }, trial)
        expect(value).toBeGreaterThanOrEqual(range.min)
        expect(value).toBeLessThanOrEqual(range.max)
      }),
      { numRuns: 100 * fuzz }
    )
  })

  it("int_uniform gives whole numbers, both ends among them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 50 }),
        number,
        (min, width, trial) => {
          const value = drawn({ x: { min, max: min + width } }, trial)
          expect(Number.isInteger(value)).toBe(true)
          expect(value).toBeGreaterThanOrEqual(min)
          expect(value).toBeLessThanOrEqual(min + width)
        }
      ),
      { numRuns: 100 * fuzz }
    )
    const all = new Set(Array.from({ length: 200 }, (_, trial) => drawn({ x: { min: 1, max: 4 } }, trial)))
    expect([...all].sort()).toEqual([1, 2, 3, 4])
  })

  it.each(["q_uniform", "q_log_uniform_values"])("%s gives multiples of q inside its bounds", (distribution) => {
    fc.assert(
      fc.property(positive, fc.constantFrom(0.1, 0.5, 1, 3, 7), number, (range, q, trial) => {
        fc.pre(Math.floor(range.max / q) >= Math.ceil(range.min / q))
        const value = drawn({ x: { distribution, q, ...range } }, trial)
        expect(isMultiple(value, q)).toBe(true)
        expect(value).toBeGreaterThanOrEqual(range.min - q * 1e-6)
        expect(value).toBeLessThanOrEqual(range.max + q * 1e-6)
      }),
      { numRuns: 100 * fuzz }
    )
  })

  it("normal, log_normal and beta follow their distribution", () => {
    const sample = (parameter: object) => Array.from({ length: 4_000 }, (_, trial) => drawn({ x: parameter }, trial))
    const mean = (values: ReadonlyArray<number>) => values.reduce((sum, one) => sum + one, 0) / values.length
    const normal = sample({ distribution: "normal", mu: 3, sigma: 2 })
    expect(Math.abs(mean(normal) - 3)).toBeLessThan(0.15)
    expect(Math.abs(Math.sqrt(mean(normal.map((one) => (one - 3) ** 2))) - 2)).toBeLessThan(0.15)
    expect(Math.abs(mean(sample({ distribution: "log_normal", mu: 0, sigma: 0.5 }).map(Math.log)))).toBeLessThan(0.05)
    const beta = sample({ distribution: "beta", a: 2, b: 6 })
    expect(Math.abs(mean(beta) - 0.25)).toBeLessThan(0.02)
    expect(beta.every((one) => one > 0 && one < 1)).toBe(true)
    expect(sample({ distribution: "q_normal", q: 5, sigma: 10 }).every((one) => isMultiple(one, 5))).toBe(true)
    expect(sample({ distribution: "q_beta", q: 0.25 }).every((one) => isMultiple(one, 0.25))).toBe(true)
  })

  it("knows the quantiles of the normal and the beta distribution", () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.75)).toBeCloseTo(0.6744897501960817, 15)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12)
    expect(betaQuantile(0.5, 1, 1)).toBeCloseTo(0.5, 14)
    // The beta distribution of 2 and 1 has the distribution function x².
    expect(betaQuantile(0.49, 2, 1)).toBeCloseTo(0.7, 12)
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.2, max: 20, noNaN: true }),
        fc.double({ min: 0.2, max: 20, noNaN: true }),
        (u, a, b) => {
          // Where the density is great, one step of x is a long way in u.
          fc.pre(betaQuantile(u, a, b) > 1e-9 && betaQuantile(u, a, b) < 1 - 1e-9)
          expect(betaCdf(betaQuantile(u, a, b), a, b)).toBeCloseTo(u, 6)
        }
      ),
      { numRuns: 60 * fuzz }
    )
  })

  it("gives values by their probabilities, and none that has none", () => {
    const x = { values: ["a", "b", "c"], probabilities: [0.7, 0, 0.3] }
    const values = Array.from({ length: 2_000 }, (_, trial) => drawn({ x }, trial))
    const share = (one: string) => values.filter((value) => value === one).length / values.length
    expect(Math.abs(share("a") - 0.7)).toBeLessThan(0.05)
    expect(share("b")).toBe(0)
  })

  it("draws the same for a trial whichever server asks, and something else for another trial or seed", () => {
    const parameters = { x: { min: 0.0001, max: 0.9 } }
    expect(drawn(parameters, 7)).toBe(drawn(parameters, 7))
    expect(drawn(parameters, 7)).not.toBe(drawn(parameters, 8))
    expect(drawn(parameters, 7)).not.toBe(drawn(parameters, 7, "other"))
  })

  it("nests parameters and carries constants of any kind", () => {
    const { space } = sweep({
      net: { parameters: { act: { values: ["relu"] }, deep: { parameters: { size: { value: 3 } } } } },
      fixed: { value: { list: [1, null, "x"] } },
      none: { value: null }
    })
    expect(JSON.parse(space.draw("s", 0))).toEqual({
      net: { value: { act: "relu", deep: { size: 3 } } },
      fixed: { value: { list: [1, null, "x"] } },
      none: { value: null }
    })
  })
})

describe("a grid", () => {
  it("lists each cell once, the last parameter fastest", () => {
    const { space } = sweep({ b: { values: [1, 2] }, a: { values: ["x", "y"] }, n: { min: 1, max: 2 } }, "grid")
    expect(space.cells).toBe(8)
    const cells = Array.from({ length: 8 }, (_, i) => {
      const { a, b, n } = JSON.parse(space.cell(i))
      return [a.value, b.value, n.value].join("")
    })
    expect(cells).toEqual(["x11", "x12", "x21", "x22", "y11", "y12", "y21", "y22"])
  })

  it("steps q_uniform from min up to and including max", () => {
    const { space } = sweep({ x: { distribution: "q_uniform", min: 0.5, max: 2, q: 0.5 } }, "grid")
    expect(Array.from({ length: space.cells }, (_, i) => JSON.parse(space.cell(i)).x.value)).toEqual([0.5, 1, 1.5, 2])
  })

  it("refuses what it cannot list", () => {
    expect(errorsOf('{"method":"grid","parameters":{"a":{"min":0.1,"max":0.5},"b":{"values":[1]}}}')).toEqual([
      expect.stringMatching(/^parameters\.a: a grid cannot list it/)
    ])
  })
})

describe("the sweep language", () => {
  it("tells 1 from 1.0, as written", () => {
    const { space } = config(
      "method: random\nparameters:\n  a: {min: 1, max: 9}\n  b: {min: 1.0, max: 9}\n  c: {values: [2.0]}\n"
    )
    const text = space.draw("s", 3)
    expect(text).toMatch(/"a":\{"value":\d\}/)
    expect(text).toMatch(/"b":\{"value":\d\.\d+\}/)
    expect(text).toContain('"c":{"value":2.0}')
  })

  it("reads numbers with an exponent and truth values of YAML 1.1", () => {
    const { space } = config(
      "method: grid\nparameters: {lr: {values: [1e-4]}, on: {values: [yes, off]}, s: {value: '008'}}"
    )
    expect(JSON.parse(space.cell(1))).toEqual({ lr: { value: 1e-4 }, on: { value: false }, s: { value: "008" } })
  })

  it("names everything that is wrong at once", () => {
    const errors = errorsOf(
      JSON.stringify({
        method: "gird",
        extra: 1,
        run_cap: 0,
        metric: { goal: "up" },
        parameters: {
          "1a": { value: 1 },
          swapped: { min: 2, max: 1 },
          dash: { distribution: "log-uniform", min: 1, max: 2 },
          old: { distribution: "log_uniform", min: -5, max: 0 },
          both: { value: 1, values: [1] },
          nothing: {},
          sums: { values: [1, 2], probabilities: [0.5, 0.6] },
          zero: { distribution: "log_uniform_values", min: 0, max: 1 },
          narrow: { distribution: "q_uniform", min: 1.1, max: 1.9, q: 1 },
          deep: { parameters: { inner: { distribution: "normal", sigma: 0 } } },
          later: { values: [1], when: { a: 1 } }
        }
      })
    )
    for (const rule of [
      /^method: must be/,
      /^extra: is no key/,
      /^run_cap:/,
      /^metric:/,
      /^parameters\.1a: a name/,
      /^parameters\.swapped: min 2 must be below max 1/,
      /^parameters\.dash: .*Did you mean log_uniform_values/,
      /^parameters\.old: .*use log_uniform_values/,
      /^parameters\.both: values does not go with/,
      /^parameters\.nothing: has no form/,
      /^parameters\.sums: probabilities must add up/,
      /^parameters\.zero: min must be above 0/,
      /^parameters\.narrow: no multiple of q/,
      /^parameters\.deep\.inner: sigma must be above 0/,
      /^parameters\.later: when/
    ]) {
      expect(errors).toContainEqual(expect.stringMatching(rule))
    }
  })

  it.each([
    ["bayes", /bayes is not supported/],
    ["custom", /custom is not supported/]
  ])("says of %s that it is not supported", (method, rule) => {
    expect(errorsOf(JSON.stringify({ method, parameters: { a: { value: 1 } } }))).toEqual([expect.stringMatching(rule)])
  })

  it("takes no text for more than it is", () => {
    for (const text of [
      "",
      "[1",
      "a: &a [*a]",
      "x",
      "null",
      "- 1",
      '{"method":"grid","parameters":{"__proto__":{"value":1}}}'
    ]) {
      expect(
        readSweepConfig(text).problems.errors.length + Number(readSweepConfig(text).config !== null)
      ).toBeGreaterThan(0)
    }
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"]
      .map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdef"[i]}`).join(",")}]`)
      .join("\n")}`
    expect(errorsOf(bomb)).toEqual([expect.stringMatching(/^config: .*(has more than|alias)/i)])
  })

  it("never throws on any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 3 }), (parameters, rest) => {
        readSweepConfig(JSON.stringify({ method: "random", parameters, rest }))
        readSweepConfig(JSON.stringify({ method: "grid", parameters: { a: parameters, b: rest } }))
      }),
      { numRuns: 100 * fuzz }
    )
  })
})
