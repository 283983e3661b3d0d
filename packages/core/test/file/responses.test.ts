import { contentTypeOf, isContentType, parseRange, safeContentHeaders } from "@wanllmdb/core"
import fc from "fast-check"
import { describe, expect, it } from "vitest"

const scale = Number(process.env.WANLLMDB_FUZZ ?? 1)

describe("safeContentHeaders", () => {
  it("only known pictures, sound and film show in place", () => {
    for (const type of ["image/png", "IMAGE/JPEG", "video/mp4; codecs=avc1", "audio/mpeg"]) {
      expect(safeContentHeaders(type, "a")["content-disposition"]).toMatch(/^inline/)
    }
    for (const type of [
      "image/svg+xml",
      "text/html",
      "application/pdf",
      "text/plain",
      "application/javascript",
      "",
      "image/png, text/html",
      "image/pngx"
    ]) {
      expect(safeContentHeaders(type, "a")["content-disposition"]).toMatch(/^attachment/)
    }
  })

  it("every answer is sandboxed, unsniffed and of one origin", () => {
    expect(safeContentHeaders("text/html", "a/b.html")).toEqual({
      "content-type": "text/html",
      "content-disposition": 'attachment; filename="b.html"',
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "cross-origin-resource-policy": "same-origin"
    })
    expect(
      safeContentHeaders("image/png", "a", { resourcePolicy: "cross-origin" })["cross-origin-resource-policy"]
    ).toBe("cross-origin")
  })

  it("names with quotes, breaks and any script are whole for new clients and harmless for old ones", () => {
    expect(safeContentHeaders("text/plain", 'a "b"\\c.txt')["content-disposition"]).toBe('attachment; filename="c.txt"')
    expect(safeContentHeaders("text/plain", 'say "hi"%.txt')["content-disposition"]).toBe(
      "attachment; filename=\"say _hi__.txt\"; filename*=UTF-8''say%20%22hi%22%25.txt"
    )
    expect(safeContentHeaders("text/plain", "naïve ₰'.txt")["content-disposition"]).toContain(
      "filename*=UTF-8''na%C3%AFve%20%E2%82%B0%27.txt"
    )
    expect(safeContentHeaders("text/plain", "")["content-disposition"]).toBe('attachment; filename="file"')
  })

  it("no name or type makes a header that fetch refuses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (type, name) => {
        const headers = safeContentHeaders(type, name)
        expect(() => new Headers({ ...headers })).not.toThrow()
        for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]+$/)
      }),
      { numRuns: 100 * scale }
    )
  })
})

describe("parseRange", () => {
  it.each([
    [null, 10, { kind: "whole" }],
    ["bytes=0-4", 10, { kind: "part", start: 0, end: 5 }],
    ["bytes=5-", 10, { kind: "part", start: 5, end: 10 }],
    ["bytes=-3", 10, { kind: "part", start: 7, end: 10 }],
    ["bytes=-30", 10, { kind: "part", start: 0, end: 10 }],
    ["Bytes=9-99", 10, { kind: "part", start: 9, end: 10 }],
    ["bytes=10-", 10, { kind: "unsatisfiable" }],
    ["bytes=-0", 10, { kind: "unsatisfiable" }],
    ["bytes=0-", 0, { kind: "unsatisfiable" }],
    ["bytes=-5", 0, { kind: "whole" }],
    ["bytes=5-4", 10, { kind: "whole" }],
    ["bytes=0-1,3-4", 10, { kind: "whole" }],
    ["lines=0-1", 10, { kind: "whole" }],
    ["bytes=a-b", 10, { kind: "whole" }],
    ["bytes=-", 10, { kind: "whole" }],
    [`bytes=0-${"9".repeat(400)}`, 10, { kind: "part", start: 0, end: 10 }]
  ] as const)("%s of %i bytes", (header, size, answer) => {
    expect(parseRange(header, size)).toEqual(answer)
  })

  it("a part is never empty and never beyond the end", () => {
    const header = fc.tuple(fc.option(fc.nat(30)), fc.option(fc.nat(30))).map(([a, b]) => `bytes=${a ?? ""}-${b ?? ""}`)
    fc.assert(
      fc.property(header, fc.nat(20), (value, size) => {
        const answer = parseRange(value, size)
        if (answer.kind === "part")
          expect(0 <= answer.start && answer.start < answer.end && answer.end <= size).toBe(true)
      }),
      { numRuns: 100 * scale }
    )
  })
})

describe("contentTypeOf", () => {
  it("knows endings whatever their case, and says nothing of others", () => {
    expect(contentTypeOf("a/b.PNG")).toBe("image/png")
    expect(contentTypeOf("a.constructor")).toBe("application/octet-stream")
    expect(contentTypeOf("png")).toBe("application/octet-stream")
    for (const name of ["a.py", "a.json", "a.csv"]) expect(isContentType(contentTypeOf(name))).toBe(true)
  })
})
