/** Two built servers on one data folder, started at the same moment: SQLite's locks let both work. */
import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { api, folder, serve, valuesOf, wanllmdb } from "./builtServer.ts"

it("two servers on one folder both take writes, see each other's, and keep every point and line once", async () => {
  const data = folder()
  const servers = await Promise.all([serve("--data", data), serve("--data", data)])
  const [a, b] = servers.map(({ url }) => url) as [string, string]
  await api(a, "POST", "/projects", { name: "p" })
  const made = await api(b, "POST", "/projects/local:p/runs", { slug: "r", config: { lr: 1 } })
  expect(made.status).toBe(201)
  const run = made.body.id as string
  const batches = 60
  const write = async (url: string, writer: string): Promise<void> => {
    for (let n = 1; n <= batches; n++) {
      const rows = Array.from({ length: 50 }, (_, i) => ({ step: n * 50 + i, values: { [writer]: n * 50 + i } }))
      const headers = { "wanllmdb-writer": writer, "wanllmdb-sequence": String(n) }
      const points = await api(url, "POST", `/runs/${run}/metrics`, { rows }, { headers })
      const lines = [{ text: `${writer}:${n}`, process: writer }]
      const log = await api(url, "POST", `/runs/${run}/logs`, { lines }, { headers })
      expect([points.status, log.status], JSON.stringify([points.body, log.body])).toEqual([200, 200])
    }
  }
  await Promise.all([write(a, "a1"), write(a, "a2"), write(b, "b1"), write(b, "b2")])
  // A writer that moves to the other server goes on where it was.
  const headers = { "wanllmdb-writer": "a1", "wanllmdb-sequence": String(batches) }
  const rows = [{ step: 1, values: { a1: 1 } }]
  expect((await api(b, "POST", `/runs/${run}/metrics`, { rows }, { headers })).body.duplicate).toBe(true)
  for (const url of [a, b]) {
    for (const key of ["a1", "a2", "b1", "b2"]) {
      expect(await valuesOf(url, run, key)).toEqual(Array.from({ length: batches * 50 }, (_, i) => 50 + i))
    }
    const log = String((await api(url, "GET", `/runs/${run}/logs/download`)).body)
    expect(log.match(/[ab][12]:\d+/g)).toHaveLength(4 * batches)
  }
  // What one changes, the other lists and finds.
  await api(a, "PATCH", `/runs/${run}`, { notes: "of a" })
  await api(b, "POST", `/runs/${run}/config`, { lr: 2 })
  await api(a, "POST", "/projects/local:p/runs", { slug: "second", config: { lr: 3 } })
  const found = async (url: string, filter: string): Promise<number> =>
    (await api(url, "GET", `/projects/local:p/runs?filter=${encodeURIComponent(filter)}`)).body.items.length
  for (let i = 0; i < 100 && (await found(a, "config.lr=2")) + (await found(b, "config.lr=3")) < 2; i++) await sleep(50)
  for (const url of [a, b]) {
    expect([await found(url, "config.lr=2"), await found(url, "config.lr=3")]).toEqual([1, 1])
    expect((await api(url, "GET", `/runs/${run}`)).body).toMatchObject({ notes: "of a", config: { lr: 2 } })
  }
  for (const { child, ended } of servers) {
    child.kill("SIGTERM")
    expect(await ended).toBe(0)
  }
  const verified = await wanllmdb("verify", "--data", data, "--json")
  expect([verified.code, verified.err]).toEqual([0, ""])
})
