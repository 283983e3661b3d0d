import { posix, win32 } from "node:path"
import { filePathFault, pathCollision } from "@wanllmdb/core"
import fc from "fast-check"
import { describe, expect, it } from "vitest"

const scale = Number(process.env.WANLLMDB_FUZZ ?? 1)

describe("filePathFault", () => {
  it("takes what people name their files", () => {
    for (const path of [
      "a",
      "model.safetensors",
      "a/b c/d.txt",
      ".gitignore",
      "код/модель.bin",
      "日本語/ファイル",
      "\u{1f600}.png"
    ]) {
      expect(filePathFault(path)).toBeNull()
    }
    expect(filePathFault(`${"a".repeat(255)}/b`)).toBeNull()
  })

  it.each([
    ["", "empty"],
    ["/etc/passwd", "relative"],
    ["a//b", "empty segment"],
    ["a/", "empty segment"],
    ["../a", '".."'],
    ["a/../b", '".."'],
    ["a/./b", '"."'],
    ["a\\b", "none of"],
    ["C:/a", "none of"],
    ["a:stream", "none of"],
    ["a\0b", "control"],
    ["a\nb", "control"],
    ["photo\u202egpj.exe", "direction"],
    ["a\u200bb", "invisible"],
    ["a\ud800b", "control"],
    ["con", "device"],
    ["a/NUL.txt", "device"],
    ["lpt1 .log", "device"],
    ["a.", "ends with"],
    ["a /b", "ends with"],
    [" a", "starts with"],
    ["a".repeat(256), "255 bytes"],
    ["é".repeat(128), "255 bytes"],
    [Array.from({ length: 300 }, () => "abcd").join("/"), "1024 bytes"]
  ])("refuses %j", (path, part) => {
    expect(filePathFault(path)).toContain(part)
  })

  it("a path that passes stays below its folder on every system", () => {
    const path = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc
        .array(fc.constantFrom("..", ".", "/", "\\", "a", "C:", "~", " ", "con", "é", "\u0301", "..."), {
          maxLength: 12
        })
        .map((parts) => parts.join(""))
    )
    fc.assert(
      fc.property(path, (value) => {
        if (filePathFault(value) !== null) return
        const kept = value.normalize("NFC")
        expect(filePathFault(kept)).toBeNull()
        expect(posix.join("/base/x", kept)).toBe(`/base/x/${kept}`)
        expect(win32.resolve("C:\\root", kept)).toBe(`C:\\root\\${kept.replaceAll("/", "\\")}`)
      }),
      { numRuns: 100 * scale }
    )
  })
})

describe("pathCollision", () => {
  it("finds what cannot lie side by side", () => {
    expect(pathCollision(["a", "b/c", "b/d"])).toBeNull()
    expect(pathCollision(["README.md", "readme.MD"])).toEqual(["README.md", "readme.MD"])
    expect(pathCollision(["e\u0301", "\u00e9"])).not.toBeNull()
    expect(pathCollision(["A/b", "a"])).toEqual(["a", "A/b"])
    expect(pathCollision(["straße", "STRASSE"])).not.toBeNull()
  })
})
