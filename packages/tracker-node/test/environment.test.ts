import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { captureEnvironment } from "../src/environment/captureEnvironment.ts"
import { captureGit } from "../src/environment/captureGit.ts"
import { capturePackages } from "../src/environment/capturePackages.ts"

const folder = (): string => mkdtempSync(join(tmpdir(), "wanllmdb-env-"))

const repository = (): string => {
  const directory = folder()
  const git = (...args: string[]): void => void execFileSync("git", args, { cwd: directory, stdio: "ignore" })
  git("init", "-b", "trunk")
  git("config", "user.email", "a@b.c")
  git("config", "user.name", "a")
  git("remote", "add", "origin", "https://ada:hunter2@example.com/repo.git")
  writeFileSync(join(directory, "a.txt"), "one\n")
  git("add", ".")
  git("commit", "-m", "first")
  return directory
}

describe("captured code", () => {
  it("has commit, branch, a remote without credentials and the uncommitted diff without keys", async () => {
    const directory = repository()
    writeFileSync(join(directory, "a.txt"), 'two\nconst apiKey = "do-not-show"\n')
    writeFileSync(join(directory, "new.txt"), "x")
    const git = await captureGit({ directory, diff: true })
    expect(git).toMatchObject({ branch: "trunk", remote: "https://****@example.com/repo.git", dirtyFiles: 2 })
    expect(git?.commit).toMatch(/^[0-9a-f]{40}$/)
    expect(git?.diff).toContain("+two")
    expect(git?.diff).not.toContain("do-not-show")
    expect((await captureGit({ directory, diff: false }))?.diff).toBeUndefined()
  })

  it("is nothing outside of a repository", async () => {
    expect(await captureGit({ directory: folder(), diff: true })).toBeNull()
  })
})

describe("captured packages", () => {
  it("are the installed versions of what package.json names", async () => {
    const directory = folder()
    mkdirSync(join(directory, "node_modules", "left"), { recursive: true })
    mkdirSync(join(directory, "inner"))
    writeFileSync(join(directory, "package.json"), JSON.stringify({ dependencies: { left: "^1.0.0", missing: "*" } }))
    writeFileSync(join(directory, "node_modules", "left", "package.json"), JSON.stringify({ version: "1.2.3" }))
    expect(await capturePackages(join(directory, "inner"))).toEqual({ left: "1.2.3" })
  })
})

describe("the captured environment", () => {
  it("holds no variable that is not allowed", async () => {
    process.env.WANLLMDB_TEST_SECRET = "secret-value"
    process.env.RANK = "0"
    const capture = { directory: folder(), git: false, diff: false, packages: false, command: true }
    const closed = await captureEnvironment({ ...capture, variables: [] })
    expect(JSON.stringify(closed)).not.toContain("secret-value")
    expect(closed.variables).toMatchObject({ RANK: "0" })
    const open = await captureEnvironment({ ...capture, variables: ["WANLLMDB_TEST_SECRET"] })
    expect(open.variables).toMatchObject({ WANLLMDB_TEST_SECRET: "secret-value" })
    delete process.env.WANLLMDB_TEST_SECRET
    delete process.env.RANK
  })
})
