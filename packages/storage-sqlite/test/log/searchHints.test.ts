import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { requiredText } from "../../src/log/requiredText.ts"
import { mayHoldText, summarizeTrigrams } from "../../src/log/trigrams.ts"

const scale = Number(process.env.WANLLMDB_FUZZ ?? 1)

describe("requiredText", () => {
  it.each([
    ["NaN.*skipped \\(scaler \\d+\\)$", "skipped (scaler "],
    ["is\\sNaN(?=,)", "NaN"],
    ["ab\\d|c", ""],
    ["xyz+a{b|c}", ""],
    ["\\x41bcd", ""],
    ["^epoch 1", "epoch 1"],
    ["colou?r", "colo"],
    ["ab{2,3}cd", "cd"],
    ["x+yz", "yz"],
    ["a|b", ""],
    ["(a|b)cde", "cde"],
    ["[abc]de[fg", "de"],
    ["straße 12", "e 12"],
    ["a\\.b", "a.b"],
    ["(", ""],
    ["", ""]
  ])("%s holds %j", (source, text) => {
    expect(requiredText(source)).toBe(text)
  })

  const piece = fc.constantFrom(
    "ab",
    "c",
    ".",
    "\\.",
    "\\d",
    "[a-c]",
    "[^a]",
    "(ab)",
    "(?:b|c)",
    "(?=a)",
    "^",
    "$",
    "ä",
    "\\b"
  )
  const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,1}", "*?")
  const source = fc
    .array(fc.tuple(piece, quantifier), { maxLength: 6 })
    .map((parts) => parts.map(([text, times]) => (/^[\^$]|^\\b/.test(text) ? text : text + times)).join(""))
    .filter((text) => {
      try {
        return new RegExp(text, "m") !== null
      } catch {
        return false
      }
    })

  it("every match holds it", () => {
    const line = fc
      .array(fc.constantFrom("ab", "a", "b", "c", ".", "1", "ä", " "), { maxLength: 14 })
      .map((parts) => parts.join(""))
    fc.assert(
      fc.property(source, fc.array(line, { maxLength: 20 }), (text, lines) => {
        const required = requiredText(text)
        for (const value of lines) if (new RegExp(text, "m").test(value)) expect(value).toContain(required)
      }),
      { numRuns: 100 * scale }
    )
  })
})

describe("the summary of a text", () => {
  it("never denies what the text holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.nat(300), fc.nat(20), (text, start, length) => {
        const lower = text.toLowerCase()
        expect(mayHoldText(summarizeTrigrams(lower), lower.slice(start, start + length))).toBe(true)
      }),
      { numRuns: 100 * scale }
    )
  })

  it("denies nearly everything else, in a few kilobytes for a thousand lines", () => {
    const lower = Array.from(
      { length: 1_000 },
      (_, at) => `epoch ${at} step ${at * 977} loss ${(Math.sin(at) ** 2).toFixed(6)}`
    ).join("\n")
    const summary = summarizeTrigrams(lower)
    expect(summary.length).toBeLessThanOrEqual(8_192)
    const absent = Array.from({ length: 500 }, (_, at) => `${(at * 7_919).toString(36)}needle`)
    expect(absent.filter((needle) => mayHoldText(summary, needle)).length).toBeLessThan(25)
  })
})
