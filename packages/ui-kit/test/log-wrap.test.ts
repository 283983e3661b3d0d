import fc from "fast-check"
import { expect, test } from "vitest"
import { visibleWidth } from "../src/log-viewer/ansi.ts"
import { LineHeights, wrappedRows } from "../src/log-viewer/LineHeights.ts"

const heightsOf = (texts: Array<string | undefined>) => {
  let changes = 0
  const heights = new LineHeights({
    line: (position) => {
      const text = texts[position]
      return text === undefined
        ? undefined
        : { index: position, line: position, timeMs: 0, text, level: null, stream: "stdout", process: "" }
    },
    revision: () => changes
  })
  return {
    heights,
    change: (position: number, text: string) => {
      texts[position] = text
      changes++
    }
  }
}

test("a line is as many rows tall as its visible text needs", () => {
  const { heights } = heightsOf(["", "x".repeat(10), "x".repeat(11), `\u001b[31m${"x".repeat(10)}\u001b[0m`, undefined])
  heights.fit(10, 5)
  expect([0, 1, 2, 3, 4].map((at) => heights.rowsOf(at))).toEqual([1, 1, 2, 1, 1])
  expect(heights.total).toBe(6)
  expect(["a\tb", "日本", "ok \u{1f680}"].map(visibleWidth)).toEqual([6, 4, 5])
})

test("a long line is broken after spaces, and within a word only where it fills a row", () => {
  const rows = ["aaaa bbbb cccc", "aaaa bbbbb cccc", "a".repeat(25), `b ${"a".repeat(25)}`].map((text) =>
    wrappedRows(text, 10)
  )
  expect(rows).toEqual([2, 2, 3, 4])
})

test("rows and lines find each other, over pages, whatever the lengths", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(200), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 90 }),
      (sizes, columns) => {
        const texts = Array.from({ length: 2500 }, (_, at) => "y".repeat(sizes[at % sizes.length]!))
        const { heights } = heightsOf(texts)
        heights.fit(columns, texts.length)
        for (const at of [0, 1, 999, 1000, 1001, 2499]) {
          expect(heights.lineAt(heights.rowsBefore(at))).toBe(at)
          expect(heights.lineAt(heights.rowsBefore(at) + heights.rowsOf(at) - 1)).toBe(at)
        }
        expect(heights.rowsBefore(2500)).toBe(heights.total)
        expect(heights.lineAt(heights.total + 5)).toBe(2499)
      }
    ),
    { numRuns: 20 }
  )
})

test("what was measured wins until the text or the columns change", () => {
  const { heights, change } = heightsOf(["short", "short"])
  heights.fit(10, 2)
  expect(heights.measured(0, 3)).toBe(true)
  expect(heights.measured(0, 3)).toBe(false)
  expect(heights.rowsBefore(1)).toBe(3)
  change(0, "other")
  expect(heights.rowsBefore(1)).toBe(1)
  heights.measured(0, 2)
  heights.fit(20, 2)
  expect(heights.total).toBe(2)
})

test("a million lines are reckoned once, and then a change costs its own thousand", () => {
  const asked = { lines: 0 }
  const revisions = new Map<number, number>()
  const heights = new LineHeights({
    line: () => {
      asked.lines++
      return undefined
    },
    revision: (page) => revisions.get(page) ?? 0
  })
  heights.fit(80, 1_000_000)
  expect(heights.total).toBe(1_000_000)
  asked.lines = 0
  revisions.set(500, 1)
  expect(heights.total).toBe(1_000_000)
  expect(asked.lines).toBe(1000)
})
