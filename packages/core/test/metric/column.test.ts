import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ColumnArena } from "../../src/metric/column/ColumnArena.ts"
import { columnBytes, columnValues, decodeRows } from "../../src/metric/column/decodeColumn.ts"
import { encodeColumn } from "../../src/metric/column/encodeColumn.ts"
import { PackedBytes } from "../../src/metric/column/PackedBytes.ts"

const runs = 100 * Number(process.env.WANLLMDB_FUZZ ?? 1)

/** Bits of each number, every NaN alike. */
const bits = (values: Float64Array): Array<string> =>
  Array.from(new BigUint64Array(values.slice().buffer), (word, i) =>
    Number.isNaN(values[i]!) ? "NaN" : word.toString(16)
  )

const roundTrip = (values: Float64Array): { readonly bytes: number; readonly packed: PackedBytes } => {
  const arena = new ColumnArena(64)
  const bytes = encodeColumn(arena, values, 0, values.length)
  const packed = new PackedBytes(arena.bytes())
  expect(columnBytes(packed, 0)).toBe(bytes)
  expect(bytes % 8).toBe(0)
  const back = columnValues(packed, 0)
  for (let i = 0; i < values.length; i++) {
    if (!Object.is(back[i], values[i])) expect({ i, value: back[i] }).toEqual({ i, value: values[i] })
  }
  return { bytes, packed }
}

const special = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  5e-324,
  -5e-324,
  Number.MAX_VALUE,
  2 ** 53,
  -(2 ** 53),
  2 ** 32,
  1e-310
)
const shape = fc.constantFrom<(i: number, r: number) => number>(
  (_, r) => r,
  (i) => i,
  (i, r) => i * 10 + Math.round(r * 4),
  (_, r) => Math.fround(r),
  (_, r) => Math.floor(r * 256) / 256,
  (_, r) => Math.round(r * 1e6) / 1e3,
  (i, r) => 1.7e12 + i * 250 + Math.round(r * 3000) / 1000,
  (_, r) => Math.floor(r * 100) - 50,
  (_, r) => (r - 0.5) * 2 ** 60,
  () => 0.1,
  (i) => 0.5 - i * 0.25,
  (_, r) => Math.fround(r - 0.5) * 1e30
)

describe("a packed column", () => {
  it("gives back any numbers to the bit", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), special, fc.integer()), { maxLength: 200 }), (values) => {
        roundTrip(Float64Array.from(values))
      }),
      { numRuns: runs * 3 }
    )
  })

  it("gives back series of every shape, with odd values among them, over many blocks", () => {
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.tuple(fc.nat(2999), fc.oneof(special, fc.double())), { maxLength: 40 }),
        fc.integer(),
        (of, count, odd, seed) => {
          let state = seed >>> 0
          const random = () => {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0
            return state / 2 ** 32
          }
          const values = Float64Array.from({ length: count }, (_, i) => of(i, random()))
          for (const [at, value] of odd) if (at < count) values[at] = value
          const { bytes } = roundTrip(values)
          expect(bytes).toBeLessThanOrEqual(Math.max(24, 16 + count * 8))
        }
      ),
      { numRuns: runs }
    )
  })

  it("gives any range of rows by itself", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 2600 }), fc.nat(), fc.nat(), (of, count, a, b) => {
        const values = Float64Array.from({ length: count }, (_, i) => of(i, Math.abs(Math.sin(i * 12.9898))))
        values[a % count] = Number.NaN
        const { packed } = roundTrip(values)
        const from = Math.min(a % count, b % count)
        const to = Math.max(a % count, b % count) + 1
        const out = new Float64Array(to - from + 2).fill(7)
        decodeRows(packed, 0, from, to, out, 1)
        expect(bits(out)).toEqual(bits(Float64Array.of(7, ...values.subarray(from, to), 7)))
      }),
      { numRuns: runs }
    )
  })

  it("packs every width of bits", () => {
    for (let width = 1; width <= 32; width++) {
      const top = 2 ** width - 1
      const values = Float64Array.from({ length: 70 }, (_, i) => (i % 7 === 0 ? top : Math.floor((top * (i % 5)) / 5)))
      roundTrip(values)
    }
  })

  it("takes few bytes for what training logs", () => {
    const count = 65_536
    const perValue = (of: (i: number) => number) =>
      roundTrip(Float64Array.from({ length: count }, (_, i) => of(i))).bytes / count
    const noise = (i: number) => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1
    expect(perValue((i) => i)).toBeLessThan(0.01)
    expect(perValue(() => 0.1)).toBeLessThan(0.01)
    expect(perValue((i) => Math.fround(0.3 + 0.05 * noise(i)))).toBeLessThan(3)
    expect(perValue((i) => Math.floor(noise(i) * 20) / 256)).toBeLessThan(0.8)
    expect(perValue((i) => Math.round(noise(i) * 20_000) / 1000)).toBeLessThan(2)
    expect(perValue((i) => (i % 100 === 0 ? Number.NaN : Math.fround(0.3 + 0.05 * noise(i))))).toBeLessThan(3)
    expect(perValue((i) => (i % 100 === 0 ? Math.PI * i : Math.fround(0.3 + 0.05 * noise(i))))).toBeLessThan(3.2)
    expect(perValue((i) => 1.7e12 + i * 250 + Math.floor(noise(i) * 8))).toBeLessThan(0.9)
  })
})
