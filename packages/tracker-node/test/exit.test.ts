import { fork } from "node:child_process"
import { existsSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { spoolFolder } from "./quietRun.ts"
import { type RealServer, startRealServer } from "./realServer.ts"

let server: RealServer

beforeAll(async () => {
  server = await startRealServer()
})
afterAll(() => server.close())

const end = async (slug: string, how: string, signal?: NodeJS.Signals) => {
  const child = fork(fileURLToPath(new URL("./exit.child.mjs", import.meta.url)), [slug, how], {
    env: { ...process.env, WANLLMDB_URL: server.url, WANLLMDB_DIR: spoolFolder() },
    execArgv: [],
    silent: true
  })
  if (signal !== undefined) child.once("message", () => child.kill(signal))
  return new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("exit", (code, by) => resolve({ code, signal: by }))
  )
}

const stored = async (slug: string) => {
  const deadline = Date.now() + 10_000
  for (;;) {
    const run = await server.wan.runs.get(`local:exit:${slug}`).catch(() => null)
    if (run !== null && run.state !== "running") return run
    if (Date.now() > deadline) throw new Error(`the run is ${run?.state ?? "not there"}`)
    await sleep(50)
  }
}

const built = fileURLToPath(new URL("../dist/index.js", import.meta.url))

describe.runIf(existsSync(built))("a run whose process ends without finish", () => {
  it("is finished when the process simply ends", async () => {
    expect(await end("ends", "end")).toEqual({ code: 0, signal: null })
    expect(await stored("ends")).toMatchObject({ state: "finished", exitCode: 0 })
  })

  it("is failed when the process ends with a code", async () => {
    expect(await end("code", "code")).toEqual({ code: 3, signal: null })
    expect(await stored("code")).toMatchObject({ state: "failed", exitCode: 3 })
  })

  it("is failed, last words included, when an error is not caught; the process still dies of it", async () => {
    expect((await end("error", "error")).code).toBe(1)
    const run = await stored("error")
    expect(run).toMatchObject({ state: "failed", exitCode: 1 })
    expect((await server.lines(run.id)).map((line) => line.text).join("\n")).toContain("last words")
  })

  it("is killed on SIGTERM, of which the process still dies", async () => {
    expect(await end("term", "wait", "SIGTERM")).toEqual({ code: null, signal: "SIGTERM" })
    expect(await stored("term")).toMatchObject({ state: "killed" })
  })
})
