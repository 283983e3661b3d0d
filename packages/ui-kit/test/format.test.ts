import { expect, test } from "vitest"
import { describeError, isAbort } from "../src/format/describeError.ts"
import { flatten } from "../src/format/flatten.ts"
import { formatBytes, formatNumber } from "../src/format/formatNumber.ts"
import { formatAge, formatClock, formatDuration, formatMoment } from "../src/format/formatTime.ts"

test("numbers keep four significant digits and line up", () => {
  const shown = [
    0.9731,
    0.0812,
    0,
    14,
    12_408,
    1234.5678,
    -0.5,
    1e-12,
    1e12,
    3.2e6,
    0.95,
    0.00051234,
    12_345_678,
    Number.NaN,
    Number.NEGATIVE_INFINITY
  ].map(formatNumber)
  expect(shown).toEqual([
    "0.9731",
    "0.0812",
    "0",
    "14",
    "12,408",
    "1,235",
    "−0.5000",
    "1e−12",
    "1T",
    "3,200,000",
    "0.9500",
    "0.000512",
    "12.35M",
    "NaN",
    "−∞"
  ])
  expect([0, 840, 1.5 * 2 ** 30, 1023 * 1024].map(formatBytes)).toEqual(["0 B", "840 B", "1.5 GiB", "1,023 KiB"])
})

test("times are said as people say them", () => {
  expect([400, 42_000, 728_000, 11_100_000, 187_200_000, -1].map(formatDuration)).toEqual([
    "0.4 s",
    "42 s",
    "12 min 08 s",
    "3 h 05 min",
    "2 d 04 h",
    "–"
  ])
  const now = Date.parse("2026-11-24T12:00:00Z")
  const ages = [5, 240, 7200, 3 * 86_400, 150 * 86_400, 900 * 86_400].map((seconds) =>
    formatAge(now - seconds * 1000, now)
  )
  expect(ages).toEqual(["now", "4 min", "2 h", "3 d", "4 mo", "2 y"])
  expect(formatMoment(Number.NaN)).toBe("–")
  expect(formatClock(new Date(2026, 10, 24, 14, 2, 11).getTime())).toBe("14:02:11")
})

test("a refused call is told by its problem document, a lost connection by what to check", () => {
  const refused = Object.assign(new Error("x"), {
    problem: { title: "Conflict", status: 409, detail: "The slug is taken" }
  })
  expect(describeError(refused)).toEqual({ title: "Conflict", detail: "The slug is taken", status: 409 })
  expect(describeError(new TypeError("Failed to fetch")).title).toBe("The server cannot be reached")
  expect(describeError(new Error("odd")).detail).toBe("odd")
  expect(describeError("text").detail).toBe("text")
  expect(isAbort(new DOMException("", "AbortError"))).toBe(true)
})

test("a nested config becomes one level, arrays stay whole and empty objects are kept", () => {
  expect([...flatten({ a: { b: [1, 2], c: {} }, d: null })]).toEqual([
    ["a.b", [1, 2]],
    ["a.c", {}],
    ["d", null]
  ])
})
