import { describe, expect, it } from "vitest"
import { cursorText, parseCursor } from "../../src/live/LiveCursor.ts"

describe("a live cursor", () => {
  it("comes back as it was", () => {
    for (const text of ["", "p12", "p12.l3.f1.r9", "s40"]) expect(cursorText(parseCursor(text)!)).toBe(text)
    expect(parseCursor("123")).toEqual({ p: 123 })
  })

  it("that no server gave is refused", () => {
    for (const text of [
      "x1",
      "p",
      "p1.",
      "p-1",
      "p1.q2",
      "p1e5",
      "p99999999999999999999",
      "p9999999999999999",
      "l1.r9007199254740992",
      "9999999999999999"
    ]) {
      expect(parseCursor(text), text).toBeNull()
    }
  })
})
