import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeColumns, encodeColumns, readColumns } from "../../src/client/index.ts"
import type { BucketSeries } from "../../src/metric/MetricQuery.ts"
import type { RunId } from "../../src/run/Run.ts"

const names = [
  "x",
  "firstX",
  "lastX",
  "min",
  "max",
  "mean",
  "sum",
  "first",
  "last",
  "count",
  "nan",
  "posInf",
  "negInf"
] as const

const column = (n: number) =>
  fc.oneof(
    fc.float64Array({ minLength: n, maxLength: n }),
    fc.float32Array({ minLength: n, maxLength: n }).map((values) => Float64Array.from(values)),
    fc.uint32Array({ minLength: n, maxLength: n }).map((values) => Float64Array.from(values)),
    fc.constantFrom(0, -0, Number.NaN, 1e300).map((value) => new Float64Array(n).fill(value))
  )

const series: fc.Arbitrary<BucketSeries> = fc.integer({ min: 0, max: 40 }).chain((n) =>
  fc
    .record({
      columns: fc.array(column(n), { minLength: names.length, maxLength: names.length }),
      twin: fc.boolean(),
      key: fc.string({ unit: "grapheme", maxLength: 60 }),
      width: fc.constantFrom(0, 1, 2 ** -7, 2 ** 40),
      cursor: fc.nat()
    })
    .map(({ columns, cursor, key, twin, width }) => ({
      run: "0190c2f6e7d87c1ab2c3d4e5f6a7b8c9" as RunId,
      key,
      width,
      cursor,
      ...(Object.fromEntries(
        names.map((name, i) => [name, twin && i > 2 && i < 9 ? columns[3] : columns[i]])
      ) as Record<(typeof names)[number], Float64Array>)
    }))
)

const bits = (values: Float64Array) => Array.from(values, (value) => (Object.is(value, -0) ? "-0" : String(value)))

const same = (a: BucketSeries, b: BucketSeries) => {
  expect({ run: b.run, key: b.key, width: b.width, cursor: b.cursor }).toEqual({
    run: a.run,
    key: a.key,
    width: a.width,
    cursor: a.cursor
  })
  for (const name of names) expect(bits(b[name])).toEqual(bits(a[name]))
}

describe("binary columns", () => {
  it("give back every value of every column", () => {
    fc.assert(
      fc.property(series, (one) => same(one, decodeColumns(encodeColumns(one)))),
      { numRuns: 100 }
    )
  })

  it("are read whole however the body is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(series, { maxLength: 4 }), fc.integer({ min: 1, max: 300 }), async (all, size) => {
        const bytes = Buffer.concat(all.map(encodeColumns))
        async function* parts() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
        }
        const read = []
        for await (const each of readColumns(parts())) read.push(each)
        expect(read.length).toBe(all.length)
        for (const [i, one] of all.entries()) same(one, read[i]!)
      }),
      { numRuns: 50 }
    )
  })

  it("cost two columns where every bucket is one float32 point", () => {
    const n = 1000
    const x = Float64Array.from({ length: n }, (_, i) => i)
    const value = Float64Array.from({ length: n }, (_, i) => Math.fround(Math.sin(i)))
    const zero = new Float64Array(n)
    const one = new Float64Array(n).fill(1)
    const block = encodeColumns({
      run: "0190c2f6e7d87c1ab2c3d4e5f6a7b8c9" as RunId,
      key: "loss",
      x,
      firstX: x,
      lastX: x,
      min: value,
      max: value,
      mean: value,
      sum: value,
      first: value,
      last: value,
      count: one,
      nan: zero,
      posInf: zero,
      negInf: zero,
      width: 0,
      cursor: 7
    })
    expect(block.length).toBeLessThan(n * 8 + 200)
  })

  it("that are cut or changed are refused", async () => {
    const n = 3
    const values = Float64Array.of(1.5, 2.25, 1e-300)
    const block = encodeColumns(
      Object.assign(
        { run: "r" as RunId, key: "k", width: 1, cursor: 0 },
        Object.fromEntries(names.map((name) => [name, values]))
      ) as unknown as BucketSeries
    )
    expect(() => decodeColumns(block.subarray(0, n))).toThrow(TypeError)
    expect(() => decodeColumns(new Uint8Array(64))).toThrow(/no block/)
    async function* cut() {
      yield block.subarray(0, block.length - 1)
    }
    await expect(async () => {
      for await (const _ of readColumns(cut()));
    }).rejects.toThrow(/ends within/)
  })
})
