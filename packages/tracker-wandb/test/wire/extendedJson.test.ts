import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseExtendedJson, printExtendedJson } from "../../src/wire/extendedJson.ts"
import { fromJson, toJson } from "../../src/wire/toJson.ts"

const runs = { numRuns: 100 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY))
const tree = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    number.map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
    fc.constantFrom("NaN", 'a"NaN\\', "-Infinity", "\\\\", "Infinity and NaN"),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "NaN", "__proto__", "Infinity", '"', "b.c"), tie("value"))
  )
})).value

describe("JSON as Python writes it", () => {
  it("comes back as it was written, bare NaN and infinities included", () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseExtendedJson(printExtendedJson(value))).toEqual(value)
      }),
      runs
    )
  })

  it("takes sound JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseExtendedJson(text)).toEqual(JSON.parse(text))
      }),
      runs
    )
  })

  it("leaves texts alone that only speak of such numbers", () => {
    expect(parseExtendedJson('{"NaN":"NaN","a":NaN,"b":"-Infinity \\"NaN\\"","c":-Infinity,"d":[Infinity]}')).toEqual({
      NaN: "NaN",
      a: Number.NaN,
      b: '-Infinity "NaN"',
      c: Number.NEGATIVE_INFINITY,
      d: [Number.POSITIVE_INFINITY]
    })
  })

  it.each(["", "{", '{"a":NaN', "nan", "NaNa", '"NaN', "[Infinity,]", "Infinit"])("refuses %j", (text) => {
    expect(() => parseExtendedJson(text)).toThrow(SyntaxError)
  })

  it("refuses what nests without end instead of overflowing", () => {
    const deep = `${"[".repeat(5_000)}NaN${"]".repeat(5_000)}`
    expect(() => parseExtendedJson(deep)).toThrow(SyntaxError)
  })
})

describe("documents of the engine", () => {
  it("keep non-finite numbers as texts and give them back", () => {
    const value = { a: [Number.NaN, { b: Number.NEGATIVE_INFINITY }], c: "x", d: Number.POSITIVE_INFINITY }
    expect(toJson(value)).toEqual({ a: ["NaN", { b: "-Infinity" }], c: "x", d: "Infinity" })
    expect(fromJson(toJson(value))).toEqual(value)
  })

  it("mend half surrogate pairs and refuse to nest without end", () => {
    expect(toJson({ "a\ud800": "b\udc00", f: () => 0 })).toEqual({ "a\ufffd": "b\ufffd", f: null })
    let deep: object = {}
    for (let level = 0; level < 200; level++) deep = { deep }
    expect(() => toJson(deep)).toThrow(/at most 100 levels/)
  })
})
