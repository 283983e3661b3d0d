import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { defineLater, documentText, passDocument, readDocument } from "../../src/run/json/laterDocument.ts"
import { parseInTurns, parsePieces } from "../../src/run/json/parseInTurns.ts"
import { writeInTurns } from "../../src/run/json/writeInTurns.ts"
import { fuzzRuns } from "./arbitraryFilter.ts"

const outcome = async (parse: () => unknown): Promise<unknown> => {
  try {
    return { value: await parse() }
  } catch {
    return "refused"
  }
}

const spaced = (value: unknown, space: number) => JSON.stringify(value, null, space)

describe("large JSON", () => {
  it("is read in pieces of any length as the native parser reads it whole", () =>
    fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.nat(3),
        fc.integer({ min: 3, max: 40 }),
        async (value, space, piece) => {
          const text = spaced(value, space)
          const read = await outcome(() => parsePieces(text, piece))
          if (typeof value === "object" && value !== null) {
            expect(read).toEqual({ value: JSON.parse(text) })
            expect(JSON.stringify((read as { value: unknown }).value)).toBe(JSON.stringify(JSON.parse(text)))
          } else expect(read).toBe("refused")
        }
      ),
      { numRuns: fuzzRuns(100) }
    ))

  it("takes no text that the native parser refuses, and means no other value by it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom("", ",", "{", "}", "[", "]", '"', "\\", ":", " ", "1")), {
          minLength: 1,
          maxLength: 3
        }),
        fc.integer({ min: 1, max: 20 }),
        async (value, edits, piece) => {
          let text = JSON.stringify(value)
          for (const [place, change] of edits) {
            const at = place % (text.length + 1)
            text = text.slice(0, at) + change + text.slice(at + (change === "" ? 1 : 0))
          }
          const native = await outcome(() => JSON.parse(text))
          const read = await outcome(() => parsePieces(text, piece))
          if (read !== "refused") expect(read).toEqual(native)
        }
      ),
      { numRuns: fuzzRuns(300) }
    ))

  it("keeps a key named __proto__, the last of repeated keys, and refuses members side by side", async () => {
    const read = await parsePieces('{"a":{"x":1,"y":2},"__proto__":{"p":[1,2,3]},"a":3}', 1)
    expect(JSON.stringify(read)).toBe('{"a":3,"__proto__":{"p":[1,2,3]}}')
    expect(({} as { p?: unknown }).p).toBeUndefined()
    for (const text of [
      '{"a":[1,2]{},"b":1}',
      '{"a":[1,2] "b","c":1}',
      "[[1,2][3,4],5]",
      "[1,2],",
      '{"a":1,}',
      "[1,2]]"
    ])
      await expect(parsePieces(text, 1)).rejects.toThrow()
  })

  it("is written as the native writer writes it, and read back the same", async () => {
    const value = {
      list: Array.from({ length: 9_000 }, (_, at) => (at % 3 === 0 ? { at, no: undefined } : `ü "${at}"`)),
      ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`key ${at}`, [at, null, { [at]: true }]]))
    }
    const text = await writeInTurns(JSON.parse(JSON.stringify(value)))
    expect(text).toBe(JSON.stringify(value))
    expect(await parseInTurns(text)).toEqual(JSON.parse(text))
    await expect(parseInTurns(text.slice(1))).rejects.toThrow(SyntaxError)
  })

  it("is a document's text before its value, wherever the property is passed on", async () => {
    const [one, two]: [{ config: object }, { config: object }] = [{ config: {} }, { config: {} }]
    defineLater(one, "config", '{ "a": 1 }')
    passDocument(one, "config", two)
    expect(await documentText(two, "config")).toBe('{ "a": 1 }')
    expect([one, two]).toEqual([{ config: { a: 1 } }, { config: { a: 1 } }])
    expect(await readDocument(two, "config")).toBe(two.config)
    expect(await documentText(two, "config")).toBe('{ "a": 1 }')
  })
})
