import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  checkFrame,
  decodeFrame,
  encodeFrame,
  FrameBuilder,
  FrameError,
  type Histogram,
  type Json
} from "../../src/metric/index.ts"

const runs = 60 * Number(process.env.WANLLMDB_FUZZ ?? 1)

interface Point {
  readonly key: string
  readonly step: number
  readonly time: number
  readonly value: number | string | Histogram | Json
}

const pointsOf = (frame: Uint8Array): Array<Point> => {
  const points: Array<Point> = []
  for (const section of decodeFrame(frame).sections) {
    section.keys.forEach((key, index) => {
      const column = section.column(index)
      if (column.kind === "number" && column.rows === null) {
        const constant = column.encoding === "constant"
        for (let row = 0; row < section.rows; row++) {
          points.push({
            key,
            step: section.steps[row]!,
            time: section.times[row]!,
            value: column.values[constant ? 0 : row]!
          })
        }
        return
      }
      column.rows!.forEach((row, i) => {
        points.push({ key, step: section.steps[row]!, time: section.times[row]!, value: column.values[i]! })
      })
    })
  }
  return points
}

const byKey = (points: ReadonlyArray<Point>): Record<string, Array<Omit<Point, "key">>> => {
  const out: Record<string, Array<Omit<Point, "key">>> = Object.create(null)
  for (const { key, ...point } of points) {
    out[key] ??= []
    out[key].push(point)
  }
  return out
}

const step = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -(2 ** 53), max: 2 ** 53, noNaN: true }))
const row = fc.record({
  step,
  time: fc.double({ min: 0, max: 2e12, noNaN: true }),
  values: fc.dictionary(
    fc.constantFrom("a", "b", "c", "d", "é/🦊", "__proto__"),
    fc.oneof(fc.double(), fc.float(), fc.constant(0), fc.constant(-0)),
    { noNullPrototype: false }
  ),
  texts: fc.dictionary(fc.constantFrom("t", "u"), fc.string({ unit: "grapheme" })),
  records: fc.dictionary(fc.constantFrom("r"), fc.jsonValue())
})

const sample = (): Uint8Array =>
  encodeFrame([
    {
      keys: ["loss", "sample", "grad", "image"],
      steps: Float64Array.of(0, 1, 5),
      times: Float64Array.of(1e12, 1e12 + 1, 1e12 + 5),
      columns: [
        { kind: "number", values: Float64Array.of(0.1, Number.NaN, -0) },
        { kind: "text", values: ["héllo", ""], rows: Uint32Array.of(0, 2) },
        { kind: "histogram", values: [{ edges: [0, 1, 2.5], counts: [3, 4] }], rows: Uint32Array.of(1) },
        { kind: "record", values: [{ path: "a.png", width: 3 }], rows: Uint32Array.of(2) }
      ]
    }
  ])

describe("a frame", () => {
  it("gives back every row in order of arrival, to the bit", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const builder = new FrameBuilder()
        const expected: Array<Point> = []
        for (const { step, time, values, texts, records } of rows) {
          builder.add(step, time, values, { texts, records: records as Record<string, Json> })
          for (const entries of [values, texts, records]) {
            for (const key in entries)
              expected.push({ key, step, time, value: (entries as Record<string, Json>)[key]! })
          }
        }
        const points = builder.points
        const frame = builder.take()
        const check = checkFrame(frame)
        expect(check).toMatchObject({ ok: true, points })
        expect(points).toBe(expected.length)
        expect(byKey(pointsOf(frame))).toEqual(byKey(expected))
      }),
      { numRuns: runs }
    )
  })

  it("is read at any address", () => {
    const frame = sample()
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(frame.length + 8).subarray(shift, shift + frame.length)
      moved.set(frame)
      expect(checkFrame(moved)).toMatchObject({ ok: true, points: 7, rows: 3, keys: 4 })
      expect(pointsOf(moved)).toEqual(pointsOf(frame))
    }
  })

  it("may be empty", () => {
    expect(checkFrame(encodeFrame([]))).toEqual({ ok: true, points: 0, rows: 0, keys: 0, sections: 0, records: 0 })
  })

  it("is refused when any bit of it is flipped", () => {
    const frame = sample()
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const bad = frame.slice()
      bad[bit >> 3] = bad[bit >> 3]! ^ (1 << (bit & 7))
      expect(checkFrame(bad)).toMatchObject({ ok: false })
    }
  })

  it("is refused when it is cut or longer than it says", () => {
    const frame = sample()
    for (let length = 0; length < frame.length; length++) {
      expect(checkFrame(frame.subarray(0, length))).toMatchObject({ ok: false })
    }
    const longer = new Uint8Array(frame.length + 8)
    longer.set(frame)
    expect(checkFrame(longer)).toMatchObject({ ok: false, rule: expect.stringContaining("length must be") })
  })

  it("never makes a reader throw anything but a frame error, whatever the bytes", async () => {
    const { frameChecksum } = await import("../../src/metric/frame/frameChecksum.ts")
    const frame = sample()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(frame.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 127, 128, 255))), {
          minLength: 1,
          maxLength: 6
        }),
        (changes) => {
          const bad = frame.slice()
          for (const [at, byte] of changes) bad[at] = byte
          new DataView(bad.buffer).setUint32(12, frameChecksum(bad), true)
          const check = checkFrame(bad)
          try {
            const points = pointsOf(bad).length
            if (check.ok) expect(points).toBe(check.points)
          } catch (error) {
            expect(check.ok).toBe(false)
            expect(error instanceof FrameError || error instanceof RangeError || error instanceof SyntaxError).toBe(
              true
            )
          }
        }
      ),
      { numRuns: runs * 20 }
    )
  })

  it("is refused when offsets of histograms or texts point beyond their column", async () => {
    const { frameChecksum } = await import("../../src/metric/frame/frameChecksum.ts")
    const builder = new FrameBuilder()
    for (let i = 0; i < 3; i++) {
      builder.add(i, i, {}, { histograms: { h: { edges: [0, 1], counts: [i] } }, texts: { t: "text" } })
    }
    const frame = builder.take()
    for (let at = 24; at + 4 <= frame.length; at += 4) {
      for (const word of [3, 100, 65_285, 0x7fffffff, 0xffffffff]) {
        const bad = frame.slice()
        const view = new DataView(bad.buffer)
        view.setUint32(at, word, true)
        view.setUint32(12, frameChecksum(bad), true)
        expect(() => checkFrame(bad)).not.toThrow()
      }
    }
  })

  it("is refused when a record nests deeper than its readers can follow", async () => {
    const { frameChecksum } = await import("../../src/metric/frame/frameChecksum.ts")
    const record = (levels: number) => {
      // A text column says the same bytes; its type is then changed to a record's.
      const builder = new FrameBuilder()
      builder.add(1, 1, {}, { texts: { r: `${"[".repeat(levels)}${"]".repeat(levels)}` } })
      const frame = builder.take()
      frame[frame.indexOf(4, 24 + 24 + 16)] = 6
      new DataView(frame.buffer, frame.byteOffset).setUint32(12, frameChecksum(frame), true)
      return checkFrame(frame)
    }
    expect(record(100)).toMatchObject({ ok: true, records: 1 })
    expect(record(101)).toMatchObject({ ok: false, rule: "a record nests at most 100 levels" })
    expect(record(100_000)).toMatchObject({ ok: false, rule: "a record nests at most 100 levels" })
  })

  it("refuses steps that are not finite or beyond 2^53, and names that break their rule", () => {
    const frame = (key: string, step: number) =>
      encodeFrame([
        {
          keys: [key],
          steps: Float64Array.of(step),
          times: Float64Array.of(0),
          columns: [{ kind: "number", values: Float64Array.of(1) }]
        }
      ])
    expect(checkFrame(frame("a", Number.NaN))).toMatchObject({ ok: false, rule: expect.stringContaining("step") })
    expect(checkFrame(frame("a", 2 ** 54))).toMatchObject({ ok: false, rule: expect.stringContaining("step") })
    expect(checkFrame(frame("a", -(2 ** 53)))).toMatchObject({ ok: true })
    expect(checkFrame(frame("", 0))).toMatchObject({ ok: false, rule: expect.stringContaining("name") })
    expect(checkFrame(frame("a\u0000", 0))).toMatchObject({ ok: false, rule: expect.stringContaining("U+0000") })
    expect(checkFrame(frame("é".repeat(512), 0))).toMatchObject({ ok: true })
    expect(checkFrame(frame("é".repeat(513), 0))).toMatchObject({ ok: false })
  })

  it("is refused when a few bytes would unpack to more points than a store can take at once", () => {
    const rows = 1_000_000
    const steps = Float64Array.from({ length: rows }, (_, row) => row)
    const column = { kind: "number", values: new Float64Array(rows).fill(1) } as const
    const frame = encodeFrame([{ keys: [..."abcde"], steps, times: steps, columns: Array.from("abcde", () => column) }])
    expect(frame.length).toBeLessThan(400)
    const most = 262_144 + frame.length * 8
    const rule = `a frame of ${frame.length} bytes holds at most ${most} points`
    expect(checkFrame(frame)).toMatchObject({ ok: false, rule })
  })

  it("of a real batch may be all constants, and as long as its bytes allow", () => {
    const steps = (rows: number) => Float64Array.from({ length: rows }, (_, row) => row)
    const constants = (rows: number, keys: number) =>
      encodeFrame([
        {
          keys: Array.from({ length: keys }, (_, key) => `k${key}`),
          steps: steps(rows),
          times: steps(rows),
          columns: Array.from(
            { length: keys },
            () => ({ kind: "number", values: new Float64Array(rows).fill(1) }) as const
          )
        }
      ])
    for (const [rows, keys] of [
      [1000, 100],
      [20_000, 13],
      [262_144, 1]
    ] as const) {
      expect(checkFrame(constants(rows, keys))).toMatchObject({ ok: true, points: rows * keys })
    }
    const values = Float64Array.from(steps(600_000), Math.sqrt)
    const axes = { steps: steps(600_000), times: steps(600_000) }
    const long = encodeFrame([{ keys: ["a"], ...axes, columns: [{ kind: "number", values }] }])
    expect(checkFrame(long)).toMatchObject({ ok: true, points: 600_000 })
  })

  it("stays small when rows have different keys", () => {
    const builder = new FrameBuilder()
    for (let i = 0; i < 2000; i++) builder.add(i, 1e12 + i, { [`key/${i}`]: Math.fround(i / 3) })
    const frame = builder.take()
    expect(frame.length).toBeLessThan(2000 * 120)
    expect(checkFrame(frame)).toMatchObject({ ok: true, points: 2000 })
  })
})
