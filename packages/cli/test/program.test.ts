import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { printRows } from "../src/output/printRows.ts"
import { runCommand } from "../src/program.ts"

let out = ""
let err = ""

beforeEach(() => {
  out = ""
  err = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const nowhere = join(tmpdir(), "wanllmdb-is-not-here")

describe("the command line", () => {
  it.each([
    [["nonsense"], 2],
    [["serve", "--nonsense"], 2],
    [["serve", "--auth", "none"], 2],
    [["key", "create", "--role", "king"], 2],
    [["key", "create", "--expires", "soon", "--data", nowhere], 2],
    [["key", "revoke"], 2],
    [["migrate", "--plan", "--sql"], 2],
    [["serve", "--database", "postgres://x"], 2],
    [["serve", "--blobs", "s3://bucket"], 2],
    [["key", "list", "--data", nowhere], 1],
    [["verify", "--data", nowhere], 1],
    [["sync", nowhere], 1],
    [["--help"], 0],
    [["--version"], 0]
  ])("%j ends with %i", async (argv, code) => {
    expect(await runCommand(argv, "1.2.3")).toBe(code)
    expect((out + err).trim()).not.toBe("")
  })

  it("says which folder is missing", async () => {
    await runCommand(["verify", "--data", nowhere], "1")
    expect(err).toContain(`there is no data folder ${nowhere}`)
  })

  it("syncs an empty folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wanllmdb-empty-"))
    expect(await runCommand(["sync", folder], "1")).toBe(0)
    expect(out).toContain(`No runs in ${folder}`)
    out = ""
    expect(await runCommand(["sync", folder, "--json"], "1")).toBe(0)
    expect(JSON.parse(out)).toEqual([])
  })
})

describe("listings", () => {
  it("align columns, numbers to the right", () => {
    const rows = [
      { a: "x", n: 5, list: ["p", "q"] },
      { a: "longer", n: 12, list: [] }
    ]
    printRows(rows, { a: "A", n: "N", list: "LIST" }, { empty: "none" })
    expect(out).toBe("A        N  LIST\nx        5  p, q\nlonger  12\n")
  })

  it("say when there is nothing", () => {
    printRows([], { a: "A" }, { empty: "none" })
    expect(out).toBe("none\n")
  })
})
