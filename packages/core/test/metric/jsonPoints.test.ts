import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  checkFrame,
  decodeFrame,
  framePointsFromJson,
  isJsonBodyFault,
  type JsonPoints,
  JsonPointsReader,
  jsonNumber,
  toJsonNumber
} from "../../src/metric/index.ts"

const options = { nextStep: 10, now: 5000 }

const accepted = (body: unknown): JsonPoints => {
  const result = framePointsFromJson(body, options)
  if (isJsonBodyFault(result)) throw new Error(`${result.path}: ${result.rule}, got ${result.got}`)
  return result
}

/** Number points as [key, step, time, value], by key. */
const numbers = (frame: Uint8Array): Array<readonly [string, number, number, number]> =>
  decodeFrame(frame).sections.flatMap((section) =>
    section.keys.flatMap((key, index) => {
      if (section.kind(index) !== "number") return []
      const count = section.count(index)
      const [steps, times, values] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
      section.copyNumbers(index, steps, times, values, 0)
      return Array.from(steps, (step, i) => [key, step, times[i]!, values[i]!] as const)
    })
  )

describe("JSON points", () => {
  it("take steps and times that rows leave out from the caller", () => {
    const points = accepted({
      rows: [{ values: { a: 1 } }, { step: 40, timeMs: 7.5, values: { a: 2 } }, { values: { a: 3 } }]
    })
    expect(numbers(points.frame)).toEqual([
      ["a", 10, 5000, 1],
      ["a", 40, 7.5, 2],
      ["a", 41, 5000, 3]
    ])
    expect(points).toMatchObject({ accepted: 3, rejectedCount: 0, nextStep: 42, records: false })
  })

  it("read the strings that stand for numbers, both ways", () => {
    const points = accepted({ rows: [{ step: 1, values: { a: "NaN", b: "Infinity", c: "-Infinity" } }] })
    expect(numbers(points.frame).map(([, , , value]) => value)).toEqual([Number.NaN, Infinity, -Infinity])
    for (const value of [1.5, -0, Number.NaN, Infinity, -Infinity]) {
      expect(jsonNumber(JSON.parse(JSON.stringify(toJsonNumber(value))))).toEqual(value === 0 ? 0 : value)
    }
  })

  it("take objects among values apart, their names joined with dots, as clients do", () => {
    const points = accepted({
      rows: [
        { step: 1, values: { eval: { loss: 0.5, top: { "1": "NaN", "5": 0.9 } }, lr: 1 } },
        { step: 2, values: { "eval.loss": 1, eval: { loss: 2 } } },
        { step: 3, values: { a: {}, b: { c: null, d: [1], e: 4 }, "": { x: 1 } } }
      ]
    })
    const kept = numbers(points.frame).map(([key, step, , value]) => [key, step, value] as const)
    expect(kept.sort((a, b) => a[1] - b[1])).toEqual([
      ["eval.loss", 1, 0.5],
      ["eval.top.1", 1, Number.NaN],
      ["eval.top.5", 1, 0.9],
      ["lr", 1, 1],
      ["eval.loss", 2, 1],
      ["b.e", 3, 4],
      [".x", 3, 1]
    ])
    expect(points.rejected.map(({ row, key, message }) => [row, key, message])).toEqual([
      [1, "eval.loss", 'rows[1].values["eval"]["loss"]: a key has one value a row'],
      [2, "a", 'rows[2].values["a"]: an object among values has at least one value, got an empty one'],
      [2, "b.c", expect.stringMatching(/^rows\[2\]\.values\["b"\]\["c"\]: value must be a number.*null$/)],
      [2, "b.d", expect.stringContaining("an array")]
    ])
  })

  it("say how deep values may nest, and how long a joined name may be", () => {
    const nest = (levels: number, name = "a") =>
      JSON.parse(`${`{"${name}":`.repeat(levels)}1${"}".repeat(levels)}`) as object
    const points = accepted({ rows: [{ step: 1, values: { ok: nest(16), deep: nest(100_000) } }] })
    expect(points).toMatchObject({ accepted: 1, rejectedCount: 1 })
    expect(points.rejected[0]!.rule).toBe("values nest at most 16 deep")
    const long = accepted({ rows: [{ step: 1, values: nest(9, "x".repeat(128)) }] })
    expect(long.rejected[0]!.rule).toContain("1024 bytes")
    const columns = accepted({ columns: { step: [1, 2], values: { eval: [{ loss: 1 }, { loss: 2 }] } } })
    expect(numbers(columns.frame).map(([key, , , value]) => [key, value])).toEqual([
      ["eval.loss", 1],
      ["eval.loss", 2]
    ])
  })

  it("leave out a record that nests too deep, and keep the row's other points", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`)
    const points = accepted({ rows: [{ step: 1, values: { loss: 1 }, records: { deep, flat: { a: 1 } } }] })
    expect(points).toMatchObject({ accepted: 2, rejectedCount: 1 })
    expect(points.rejected[0]).toMatchObject({ key: "deep", rule: "a record nests at most 100 levels" })
  })

  it("are named as the body when they are neither rows nor columns", () => {
    for (const body of [null, [], {}, { rows: [], columns: {} }]) {
      expect(framePointsFromJson(body, options)).toMatchObject({ path: "body", rule: expect.stringMatching(/^must/) })
    }
  })

  it("keep sound points and name each one that breaks a rule", () => {
    const points = accepted({
      rows: [
        { step: 1, values: { ok: 1, bad: "NaN%", nested: [1], "": 2, "a\u0000": 3 } },
        { step: "3", values: { x: 1, y: 2 } },
        { step: 2 ** 53 + 2, values: { far: 1 } },
        "row",
        { step: 4, values: [1], texts: { t: 5, u: "fine", ok: "x" }, loss: 3 },
        { step: 5, timeMs: null, values: { z: 1 } }
      ]
    })
    expect(checkFrame(points.frame)).toMatchObject({ ok: true, points: 3 })
    expect(points.accepted).toBe(3)
    expect(points.rejected.map(({ row, key }) => [row, key])).toEqual([
      [0, "bad"],
      [0, "nested"],
      [0, ""],
      [0, "a\u0000"],
      [1, "x"],
      [1, "y"],
      [2, "far"],
      [3, ""],
      [4, "loss"],
      [4, ""],
      [4, "t"],
      [5, "z"]
    ])
    expect(points.rejected[0]!.message).toBe(
      'rows[0].values["bad"]: value must be a number, "NaN", "Infinity" or "-Infinity", got "NaN%" (strings go under "texts")'
    )
  })

  it("list at most a hundred rejections and count all", () => {
    const points = accepted({ rows: Array.from({ length: 300 }, () => ({ values: { a: null } })) })
    expect(points.rejected.length).toBe(100)
    expect(points).toMatchObject({ rejectedCount: 300, accepted: 0 })
  })

  it("are the same when they are read some at a time", () => {
    const body = {
      rows: Array.from({ length: 50 }, (_, i) => ({ step: i, values: { a: i, b: i % 3 === 0 ? "x" : i } }))
    }
    const reader = new JsonPointsReader(body, options)
    let turns = 1
    while (!reader.read(7)) turns++
    expect(turns).toBe(13)
    expect(reader.finish()).toEqual(accepted(body))
  })

  it("come in columns too, with holes", () => {
    const points = accepted({
      columns: { step: [1, 2, 3], values: { a: [0.5, null, "NaN"] }, texts: { t: [null, "x", null] } }
    })
    expect(numbers(points.frame)).toEqual([
      ["a", 1, 5000, 0.5],
      ["a", 3, 5000, Number.NaN]
    ])
    expect(points.accepted).toBe(3)
  })

  it("refuse a body that is neither, or whose columns do not fit together", () => {
    const fault = (body: unknown) => {
      const result = framePointsFromJson(body, options)
      return isJsonBodyFault(result) ? `${result.path}: ${result.rule}, got ${result.got}` : "accepted"
    }
    expect(fault(null)).toBe('body: must be an object with "rows" or "columns", got null')
    expect(fault({})).toContain("neither")
    expect(fault({ rows: [], columns: {} })).toContain("both")
    expect(fault({ rows: {} })).toBe("rows: must be an array of rows, got an object")
    expect(fault({ columns: { step: [1], values: { a: [1, 2] } } })).toBe(
      'columns.values["a"]: has as many entries as columns.step (1), got 2 entries'
    )
    expect(fault({ columns: { step: 1 } })).toBe("columns.step: must be an array, got 1")
    expect(fault({ columns: [] })).toBe("columns: must be an object, got an array")
    expect(fault({ columns: { values: 3 } })).toBe("columns.values: must be an object of arrays, got 3")
  })

  it("never throw and always make a frame that a store accepts, whatever the JSON", () => {
    const key = fc.oneof(
      fc.constantFrom("step", "timeMs", "values", "texts", "histograms", "records", "__proto__"),
      fc.string()
    )
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, "NaN", true, -0, Number.POSITIVE_INFINITY, "\ud800"),
        fc.double(),
        fc.string({ unit: "binary" }),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 })
      )
    })).value
    const body = fc.oneof(
      json,
      fc.record({ rows: fc.array(fc.dictionary(key, json), { maxLength: 4 }) }),
      fc.record({ columns: fc.dictionary(key, fc.oneof(json, fc.dictionary(key, fc.array(json, { maxLength: 2 })))) })
    )
    fc.assert(
      fc.property(body, (value) => {
        const result = framePointsFromJson(value, options)
        if (!isJsonBodyFault(result)) {
          expect(checkFrame(result.frame)).toMatchObject({ ok: true, points: result.accepted })
        }
      }),
      { numRuns: 200 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })
})
