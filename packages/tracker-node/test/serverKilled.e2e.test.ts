/** The tracker against the built server, which is killed under it again and again. */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterEach, expect, it } from "vitest"
import { quietRun } from "./quietRun.ts"

const command = fileURLToPath(new URL("../../cli/bin/wanllmdb.js", import.meta.url))
let server: ChildProcess | null = null

afterEach(() => {
  server?.kill("SIGKILL")
})

const serve = (data: string, port: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, "serve", "--port", port, "--data", data])
    server = child
    child.stdout.on("data", (chunk: Buffer) => {
      const url = /ready at (\S+)/.exec(String(chunk))?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)))
  })

const kill = (): Promise<unknown> => {
  const gone = new Promise((resolve) => server?.once("exit", resolve))
  server?.kill("SIGKILL")
  return gone
}

it("loses and doubles nothing while the server is killed under it", async () => {
  const data = mkdtempSync(join(tmpdir(), "wanllmdb-killed-"))
  const url = await serve(data, "0")
  const port = new URL(url).port
  const { run } = quietRun({ url, finishTimeoutMs: 60_000 })
  let i = 0
  const logFor = async (ms: number): Promise<void> => {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(2)) {
      for (let n = 0; n < 10; n++) {
        run.log({ i, half: i / 2 })
        i++
      }
    }
  }
  for (let round = 0; round < 4; round++) {
    await logFor(200 + Math.random() * 300)
    await kill()
    await logFor(100)
    await serve(data, port)
  }
  await logFor(200)
  run.print("the end")
  expect(await run.finish()).toMatchObject({ delivered: true })
  const answer = await fetch(`${url}/api/v1/runs/${run.id}/metrics/points?key=i&repeats=all`)
  const values = (await answer.text())
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { value: number }).value)
  expect(values).toEqual(Array.from({ length: i }, (_, n) => n))
  const stored = (await (await fetch(`${url}/api/v1/runs/${run.id}`)).json()) as { state: string }
  expect(stored.state).toBe("finished")
})
