import { assert, describe, it } from "@effect/vitest"
import fc from "fast-check"
import type { CellValue } from "../../src/run/search/column/Column.ts"
import { Dictionary } from "../../src/run/search/column/Column.ts"
import { decodePage, encodePage } from "../../src/run/search/column/fieldPage.ts"
import { PageBuffer } from "../../src/run/search/column/PageBuffer.ts"
import { runsPerBlock } from "../../src/run/search/FieldIndex.ts"
import { fuzzRuns } from "./arbitraryFilter.ts"

const valueAt = (page: { kinds: Uint8Array; values: Float64Array; texts: ReadonlyArray<string> }, at: number) => {
  const value = page.values[at]!
  return [undefined, value, value === 1, page.texts[value]][page.kinds[at]!]
}

const cell: fc.Arbitrary<CellValue> = fc.oneof(
  fc.double(),
  fc.boolean(),
  fc.constantFrom("a", "", "é🚀", "x".repeat(300)),
  fc.string()
)

describe("index pages", () => {
  it("give back every cell, in every form, bit for bit", () => {
    const page = fc.oneof(
      fc.array(fc.tuple(fc.nat(runsPerBlock - 1), cell), { maxLength: 40 }),
      fc
        .tuple(fc.nat(5), cell)
        .map(
          ([gap, one]): Array<[number, CellValue]> =>
            Array.from({ length: runsPerBlock }, (_, at) => [at, one] as [number, CellValue]).slice(gap)
        ),
      fc
        .double()
        .map(
          (one): Array<[number, CellValue]> =>
            Array.from({ length: runsPerBlock }, (_, at) => [at, one + at] as [number, CellValue])
        )
    )
    fc.assert(
      fc.property(page, fc.array(fc.nat(runsPerBlock - 1), { maxLength: 20 }), (cells, cleared) => {
        const buffer = new PageBuffer()
        const model = new Map<number, CellValue>()
        for (const [at, value] of cells) {
          buffer.set(at, value)
          model.set(at, value)
        }
        for (const at of cleared) {
          buffer.set(at, undefined)
          model.delete(at)
        }
        const body = encodePage(buffer)
        assert.strictEqual(body.length === 0, model.size === 0)
        if (body.length === 0) return
        const back = decodePage(body)
        for (let at = 0; at < runsPerBlock; at++) {
          if (!Object.is(valueAt(back, at), model.get(at))) {
            assert.fail(`${at}: ${String(valueAt(back, at))} for ${String(model.get(at))}`)
          }
        }
        const again = new PageBuffer(back)
        for (const [at, value] of model) assert.isFalse(again.set(at, value))
      }),
      { numRuns: fuzzRuns(60) }
    )
  })

  it("a value that all runs share takes a few bytes", () => {
    const buffer = new PageBuffer()
    for (let at = 0; at < runsPerBlock; at++) buffer.set(at, "finished")
    assert.isBelow(encodePage(buffer).length, 40)
  })

  it("bytes that are no page are refused", () => {
    assert.throws(() => decodePage(new Uint8Array(4)), RangeError)
    assert.throws(() => decodePage(Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), RangeError)
  })
})

describe("dictionaries", () => {
  it("rank texts as sorting would, while they grow", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 3 }), { maxLength: 8 }), { maxLength: 5 }), (rounds) => {
        const dictionary = new Dictionary()
        for (const texts of rounds) {
          for (const text of texts) dictionary.code(text)
          const sorted = [...dictionary.texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
          const ranks = dictionary.ranks()
          for (const [code, text] of dictionary.texts.entries()) assert.strictEqual(sorted[ranks[code]!], text)
          for (const text of ["", "a", "~"]) {
            const below = sorted.filter((one) => one < text).length
            assert.strictEqual(Math.ceil(dictionary.rankOf(text)), below)
          }
        }
      }),
      { numRuns: fuzzRuns(60) }
    )
  })
})
