import { describe, expect, it } from "vitest"
import { byteRange } from "../../src/http/byteRange.ts"
import { safeContentHeaders } from "../../src/http/safeContentHeaders.ts"
import { cursorText, parseCursor } from "../../src/live/LiveCursor.ts"

describe("a user's bytes", () => {
  it("are shown only as pictures, sounds and films", () => {
    expect(safeContentHeaders("a.png", "image/png")["content-disposition"]).toContain("inline")
    for (const type of ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "nonsense", "text/plain"]) {
      const headers = safeContentHeaders("a", type)
      expect(headers["content-disposition"], type).toContain("attachment")
      expect(headers["content-type"], type).not.toMatch(/html|svg|javascript/)
      expect(headers["x-content-type-options"]).toBe("nosniff")
      expect(headers["content-security-policy"]).toContain("sandbox")
    }
  })

  it("keep their name without breaking the header", () => {
    const header = safeContentHeaders('a"\r\nSet-Cookie: x=1 ü.txt', "text/plain")["content-disposition"]!
    expect(header).not.toMatch(/[\r\n]/)
    expect(header).toContain("filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3D1%20%C3%BC.txt")
  })
})

describe("a byte range", () => {
  it("is one part, the whole, or outside", () => {
    expect(byteRange("bytes=0-9", 100)).toEqual({ kind: "part", start: 0, end: 10 })
    expect(byteRange("bytes=90-", 100)).toEqual({ kind: "part", start: 90, end: 100 })
    expect(byteRange("bytes=-5", 100)).toEqual({ kind: "part", start: 95, end: 100 })
    expect(byteRange("bytes=50-500", 100)).toEqual({ kind: "part", start: 50, end: 100 })
    expect(byteRange("bytes=100-", 100)).toEqual({ kind: "unsatisfiable" })
    expect(byteRange("bytes=-0", 100)).toEqual({ kind: "unsatisfiable" })
    for (const header of [null, "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b"]) {
      expect(byteRange(header, 100), String(header)).toEqual({ kind: "whole" })
    }
  })
})

describe("a live cursor", () => {
  it("comes back as it was", () => {
    for (const text of ["", "p12", "p12.l3.f1.r9", "s40"]) expect(cursorText(parseCursor(text)!)).toBe(text)
    expect(parseCursor("123")).toEqual({ p: 123 })
  })

  it("that no server gave is refused", () => {
    for (const text of ["x1", "p", "p1.", "p-1", "p1.q2", "p1e5", "p99999999999999999999"]) {
      expect(parseCursor(text), text).toBeNull()
    }
  })
})
