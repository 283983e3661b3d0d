import { filePathFault } from "@wanllmdb/core"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { clientPath, keptPath } from "../../src/file/filePath.ts"

const odd = fc.constantFrom(...'ab%:*?"<>|\\. /\u0001\u200bé~25', "..", "con", "nul.txt", "/", " ", "%25", "%~")
const name = fc.array(odd, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""))

describe("names of files", () => {
  it("that the engine takes are kept as they are", () => {
    for (const path of ["a.txt", "media/images/x_1.png", "zwölf/ä b.txt"]) expect(keptPath(path)).toBe(path)
  })

  it("become paths that the engine takes, and can be read back", () => {
    fc.assert(
      fc.property(name, (given) => {
        const kept = keptPath(given)
        expect([kept, filePathFault(kept)]).toEqual([kept, null])
        expect(clientPath(kept)).toBe(given)
      }),
      { numRuns: 300 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })

  it("that lead elsewhere lead nowhere", () => {
    expect(keptPath("../../etc/passwd")).toBe("%2E%2E/%2E%2E/etc/passwd")
    expect(keptPath("/etc/passwd")).toBe("%/etc/passwd")
    expect(clientPath("%/etc/passwd")).toBe("/etc/passwd")
  })

  it("that are too long are cut, and two of them never meet", () => {
    const [one, two] = ["x".repeat(400), `${"x".repeat(399)}y`].map(keptPath)
    const deep = Array.from({ length: 300 }, () => "abcd").join("/")
    expect(one).not.toBe(two)
    for (const kept of [one!, two!, keptPath(deep), keptPath("😀".repeat(300)), keptPath(":".repeat(300))]) {
      expect(filePathFault(kept)).toBeNull()
    }
  })
})
