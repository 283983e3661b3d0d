import { deflateRawSync, inflateRawSync, crc32 as zlibCrc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  axisCells,
  axisGroups,
  axisTimesAt,
  BucketAccumulator,
  bucketCount,
  bucketLevel,
  cellLevel,
  cellTable,
  coarseCells,
  coarsen,
  columnValues,
  compareCodePoints,
  crc32,
  decodeAxisCells,
  decodeRowGroup,
  decodeTile,
  decodeValueCells,
  emptyBuckets,
  encodeAxis,
  encodeAxisCells,
  encodeRowGroup,
  encodeTile,
  encodeValueCells,
  encodeValues,
  hasRepeats,
  joinByStep,
  KeyStat,
  lastOfEachStep,
  PackedBytes,
  portableCrc32,
  setCrc32,
  sortByStep,
  valueCells
} from "../../src/metric/index.ts"
import { RunId } from "../../src/run/Run.ts"

const runs = 60 * Number(process.env.WANLLMDB_FUZZ ?? 1)
const run = RunId.make("0".repeat(32))

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity),
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 })
)
const step = fc.oneof(fc.integer({ min: -50, max: 500 }), fc.double({ min: -3, max: 3, noNaN: true }))
const points = fc.array(fc.tuple(step, fc.integer({ min: 0, max: 1e6 }), value), { minLength: 1, maxLength: 300 })

const columnsOf = (rows: ReadonlyArray<readonly [number, number, number]>) => ({
  steps: Float64Array.from(rows, ([s]) => s),
  times: Float64Array.from(rows, ([, t]) => t),
  values: Float64Array.from(rows, ([, , v]) => v)
})

const sorted = (rows: ReadonlyArray<readonly [number, number, number]>) => sortByStep(columnsOf(rows))

describe("cells", () => {
  it("come back from their blobs as they were, at any address", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -4, max: 8 }), (rows, level) => {
        const { steps, times, values } = sorted(rows)
        const axis = axisCells(steps, times, steps.length, level)
        const cells = valueCells(values, axis)
        const shifted = (bytes: Uint8Array) => {
          const copy = new Uint8Array(bytes.length + 4).subarray(4)
          copy.set(bytes)
          return copy
        }
        expect(decodeAxisCells(shifted(encodeAxisCells(axis)))).toEqual(axis)
        expect(decodeValueCells(shifted(encodeValueCells(cells)))).toEqual(cells)
        const tile = coarsen(cellTable(axis, cells), level + 3)
        expect(decodeTile(shifted(encodeTile(tile)))).toEqual(tile)
        const body = new PackedBytes(encodeAxis(steps, times, 0, steps.length))
        expect(columnValues(body, 0)).toEqual(steps)
        expect(columnValues(body, axisTimesAt(body))).toEqual(times)
        expect(columnValues(new PackedBytes(encodeValues(values, 0, values.length)), 0)).toEqual(values)
        expect(hasRepeats(steps, steps.length)).toBe(new Set(steps).size < steps.length)
      }),
      { numRuns: runs }
    )
  })

  it("are put together from their blob as from their table", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -4, max: 8 }), fc.integer({ min: 0, max: 6 }), (rows, level, more) => {
        const { steps, times, values } = sorted(rows)
        const axis = axisCells(steps, times, steps.length, level)
        const cells = valueCells(values, axis)
        const groups = axisGroups(axis, level + more)
        expect(coarseCells(groups, encodeValueCells(cells))).toEqual(coarsen(cellTable(axis, cells), level + more))
      }),
      { numRuns: runs }
    )
    expect(() => axisGroups(axisCells(Float64Array.of(1), Float64Array.of(1), 1, 3), 2)).toThrow("do not divide")
  })

  it("hold about 64 points where steps are regular", () => {
    for (const stride of [1, 10, 0.01, 1000]) {
      const steps = Float64Array.from({ length: 10_000 }, (_, i) => i * stride)
      const axis = axisCells(steps, steps, steps.length, cellLevel(steps, steps.length))
      expect(axis.length).toBeGreaterThan(10_000 / 100)
      expect(axis.length).toBeLessThan(10_000 / 40)
    }
    expect(cellLevel(Float64Array.of(3, 3, 3), 3)).toBe(0)
    expect(cellLevel(Float64Array.of(3), 1)).toBe(0)
  })

  it("give the same buckets as the points they stand for, straddling cells read one by one", () => {
    fc.assert(
      fc.property(
        fc.array(points, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: -3, max: 6 }),
        fc.integer({ min: 1, max: 40 }),
        step,
        step,
        fc.option(step),
        (chunks, level, buckets, a, b, cut) => {
          const from = Math.min(a, b)
          const to = Math.max(a, b)
          const mixed = new BucketAccumulator(from, to, bucketLevel(from, to, buckets))
          const plain = new BucketAccumulator(from, to, mixed.level)
          // An earlier series of the window leaves nothing behind.
          const earlier = columnsOf(chunks.flat())
          mixed.addPoints(earlier.steps, earlier.values, 0, earlier.steps.length)
          mixed.finish({ run, key: "j" }, 1)
          for (const rows of chunks) {
            const { steps, times, values } = sorted(rows)
            const axis = axisCells(steps, times, steps.length, level)
            const table = cellTable(axis, valueCells(values, axis))
            for (const c of mixed.addCells(table, cut ?? undefined)) {
              const first = axis.firstRow[c]!
              mixed.addPoints(steps, values, first, axis.firstRow[c + 1]! - first, cut ?? undefined)
            }
            // In order of arrival, not sorted: the accumulator orders by itself.
            const arrived = columnsOf(rows)
            plain.addPoints(arrived.steps, arrived.values, 0, rows.length, cut ?? undefined)
          }
          const [x, y] = [mixed.finish({ run, key: "k" }, 1), plain.finish({ run, key: "k" }, 1)]
          for (const name of [
            "x",
            "firstX",
            "lastX",
            "min",
            "max",
            "first",
            "last",
            "count",
            "nan",
            "posInf",
            "negInf"
          ] as const) {
            expect([name, x[name].map((n) => n + 0)]).toEqual([name, y[name].map((n) => n + 0)])
          }
          x.sum.forEach((sum, i) => {
            if (!Number.isNaN(sum)) expect(Math.abs(sum - y.sum[i]!)).toBeLessThan(1e-6)
          })
        }
      ),
      { numRuns: runs }
    )
  })

  it("refuse to become finer", () => {
    const steps = Float64Array.of(0, 1)
    const axis = axisCells(steps, steps, 2, 3)
    expect(() => coarsen(cellTable(axis, valueCells(steps, axis)), 2)).toThrow(RangeError)
  })
})

describe("bucket width", () => {
  it("is the least power of two that keeps within the number asked for", () => {
    const finite = fc.double({ min: -(2 ** 53), max: 2 ** 53, noNaN: true })
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 1, max: 20_000 }), (a, b, buckets) => {
        const from = Math.min(a, b)
        const to = Math.max(a, b)
        const most = from < 0 && to > -1e-300 ? Math.max(2, buckets) : buckets
        const level = bucketLevel(from, to, buckets)
        if (from === to) expect(level).toBe(0)
        else {
          expect(bucketCount(from, to, level)).toBeLessThanOrEqual(most)
          if (level > -1022) expect(bucketCount(from, to, level - 1)).toBeGreaterThan(most)
        }
      }),
      { numRuns: runs * 5 }
    )
  })

  it("is 0 in an answer without points", () => {
    expect(emptyBuckets({ run, key: "k" }, 3)).toMatchObject({ width: 0, cursor: 3 })
    expect(new BucketAccumulator(0, 10, 2).finish({ run, key: "k" }, 3)).toMatchObject({ width: 0 })
  })
})

describe("a key statistic", () => {
  it("is the same whether points come at once, in parts, or merged, and through its bytes", () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const all = columnsOf([...a, ...b])
        const whole = new KeyStat()
        whole.add(all.steps, all.times, all.values, 0, all.steps.length)
        const parts = new KeyStat()
        parts.add(all.steps, all.times, all.values, 0, a.length)
        parts.add(all.steps, all.times, all.values, a.length, b.length)
        const [left, right] = [columnsOf(a), columnsOf(b)].map(({ steps, times, values }) => {
          const stat = new KeyStat()
          stat.add(steps, times, values, 0, steps.length)
          return KeyStat.fromBytes(stat.bytes())
        })
        left!.merge(right!)
        left!.merge(new KeyStat())
        const { mean, ...rest } = whole.summary("k")
        for (const other of [parts, left!]) {
          const { mean: otherMean, ...otherRest } = other.summary("k")
          expect(otherRest).toEqual(rest)
          if (!Number.isNaN(mean)) expect(Math.abs(otherMean - mean)).toBeLessThan(1e-6)
          expect([other.minTime, other.maxTime]).toEqual([whole.minTime, whole.maxTime])
        }
      }),
      { numRuns: runs }
    )
  })
})

describe("a key statistic of cells", () => {
  it("is that of the points", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -4, max: 8 }), (rows, level) => {
        const chunk = sorted(rows)
        const count = rows.length
        const axis = axisCells(chunk.steps, chunk.times, count, level)
        const ofCells = KeyStat.ofCells(axis, valueCells(chunk.values, axis), chunk)
        const ofPoints = new KeyStat()
        ofPoints.add(chunk.steps, chunk.times, chunk.values, 0, count)
        const { mean, ...rest } = ofCells.summary("k")
        const { mean: otherMean, ...otherRest } = ofPoints.summary("k")
        const plain = (summary: object) =>
          JSON.stringify(summary, (_, v) => (typeof v === "number" ? String(v + 0) : v))
        expect(plain(rest)).toBe(plain(otherRest))
        if (!Number.isNaN(mean)) expect(Math.abs(otherMean - mean)).toBeLessThan(1e-6)
        expect([ofCells.minTime, ofCells.maxTime]).toEqual([ofPoints.minTime, ofPoints.maxTime])
      }),
      { numRuns: runs }
    )
  })
})

describe("points", () => {
  it("are sorted by step and keep their order of arrival within one", () => {
    const rows = [
      [3, 0, 1],
      [1, 1, 2],
      [3, 2, 3],
      [1, 3, 4],
      [2, 4, 5]
    ] as const
    const { values } = sorted(rows)
    expect([...values]).toEqual([2, 4, 5, 1, 3])
    expect([...lastOfEachStep(sorted(rows)).values]).toEqual([4, 5, 3])
  })

  it("find the last value of another metric at their step", () => {
    const out = joinByStep(Float64Array.of(1, 2, 2, 5), Float64Array.of(0, 2, 2, 5, 7), Float64Array.of(9, 8, 7, 6, 5))
    expect([...out]).toEqual([Number.NaN, 7, 7, 6])
  })
})

describe("row groups", () => {
  it("give back text, histograms and records, packed or not", () => {
    const axis = { steps: Float64Array.of(1, 1, 5), times: Float64Array.of(3, 4, 5) }
    const compression = {
      compress: (b: Uint8Array) => deflateRawSync(b),
      decompress: (b: Uint8Array) => inflateRawSync(b)
    }
    const groups = [
      { kind: "text" as const, ...axis, values: ["", "héllo 🦊", "x".repeat(5000)] },
      { kind: "histogram" as const, ...axis, values: [0, 1, 2].map((i) => ({ edges: [0, i + 1], counts: [i] })) },
      { kind: "record" as const, ...axis, values: [null, { a: [1, "é"] }, "text"] }
    ]
    for (const group of groups) {
      expect(decodeRowGroup(encodeRowGroup(group))).toEqual(group)
      expect(decodeRowGroup(encodeRowGroup(group, compression), compression)).toEqual(group)
    }
    expect(encodeRowGroup(groups[0]!, compression).length).toBeLessThan(300)
    expect(() => decodeRowGroup(encodeRowGroup(groups[0]!, compression))).toThrow("decompression")
  })
})

describe("CRC-32", () => {
  it("is the one that Node has, in one piece or two", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, at) => {
        expect(portableCrc32(bytes)).toBe(zlibCrc32(bytes))
        expect(portableCrc32(bytes.subarray(at), portableCrc32(bytes.subarray(0, at)))).toBe(zlibCrc32(bytes))
      })
    )
    setCrc32(zlibCrc32)
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926)
    setCrc32(portableCrc32)
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926)
  })
})

describe("order of keys", () => {
  it("is that of their UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
      { numRuns: runs * 5 }
    )
  })
})
