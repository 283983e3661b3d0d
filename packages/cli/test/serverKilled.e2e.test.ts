/** The built server under SIGKILL while clients write everything at once and repeat what was not answered. */
import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { api, type BuiltServer, folder, serve, valuesOf, wanllmdb } from "./builtServer.ts"

const rounds = Number(process.env.WANLLMDB_KILLS ?? 5)

it("a killed server loses nothing that it acknowledged, and a repeat doubles nothing", {
  timeout: 60_000 + rounds * 5000
}, async () => {
  const data = folder()
  let server: BuiltServer = await serve("--data", data)
  const { url } = server
  const port = new URL(url).port
  await api(url, "POST", "/projects", { name: "p" })
  const run = (await api(url, "POST", "/projects/local:p/runs", { slug: "shared" })).body.id as string
  let ending = false
  /** Asks until an answer came, as clients do. */
  const surely = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    for (;;) {
      const answer = await api(url, method, path, body, { headers }).catch(() => null)
      if (answer !== null && answer.status < 500) return answer
      await sleep(20)
    }
  }
  const until = async (step: (n: number) => Promise<void>): Promise<number> => {
    let n = 0
    while (!ending) await step(++n)
    return n
  }
  const metrics = (writer: string) =>
    until(async (n) => {
      const rows = Array.from({ length: 20 }, (_, i) => ({ step: n * 20 + i, values: { [writer]: n * 20 + i } }))
      const headers = { "wanllmdb-writer": writer, "wanllmdb-sequence": String(n) }
      const answer = await surely("POST", `/runs/${run}/metrics`, { rows }, headers)
      expect([answer.status, answer.body.accepted]).toEqual([200, 20])
    })
  const logs = (writer: string) =>
    until(async (n) => {
      const headers = { "wanllmdb-writer": writer, "wanllmdb-sequence": String(n) }
      const lines = [{ text: `${writer}:${n}`, process: writer }]
      expect((await surely("POST", `/runs/${run}/logs`, { lines }, headers)).status).toBe(200)
    })
  const bytesOf = (n: number) => Buffer.alloc(1 + ((n * 7919) % 50_000), n)
  const files = () =>
    until(async (n) => {
      expect((await surely("POST", `/runs/${run}/files?path=f/${n}.bin`, bytesOf(n))).status).toBeLessThan(300)
    })
  const creates = () =>
    until(async (n) => {
      const headers = { "idempotency-key": `create-${n}` }
      const answer = await surely("POST", "/projects/local:p/runs", { slug: `r${n}`, config: { n } }, headers)
      expect([200, 201]).toContain(answer.status)
    })
  const work = Promise.all([metrics("m1"), metrics("m2"), logs("l1"), logs("l2"), files(), creates()])
  for (let round = 0; round < rounds; round++) {
    await sleep(150 + Math.random() * 250)
    server.child.kill("SIGKILL")
    await server.ended
    server = await serve("--data", data, "--port", port)
  }
  await sleep(200)
  ending = true
  const [m1, m2, l1, l2, fileCount, runCount] = await work

  for (const [key, count] of [
    ["m1", m1],
    ["m2", m2]
  ] as const) {
    expect(await valuesOf(url, run, key)).toEqual(Array.from({ length: count * 20 }, (_, i) => 20 + i))
  }
  const log = String((await api(url, "GET", `/runs/${run}/logs/download`)).body)
  for (const [writer, count] of [
    ["l1", l1],
    ["l2", l2]
  ] as const) {
    const own = [...log.matchAll(new RegExp(`${writer}:(\\d+)`, "g"))].map((match) => Number(match[1]))
    expect(own).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  }
  for (let n = 1; n <= fileCount; n++) {
    const answer = await fetch(`${url}/api/v1/runs/${run}/files/f/${n}.bin`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytesOf(n)), `file ${n}`).toBe(true)
  }
  const slugs: Array<string> = []
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { items: ReadonlyArray<{ slug: string }>; next: string | null } = (
      await api(url, "GET", `/projects/local:p/runs?limit=500&columns=slug${cursor}`)
    ).body
    slugs.push(...page.items.map(({ slug }) => slug))
    cursor = page.next === null ? null : `&cursor=${encodeURIComponent(page.next)}`
  }
  expect(slugs.sort()).toEqual(["shared", ...Array.from({ length: runCount }, (_, i) => `r${i + 1}`)].sort())
  server.child.kill("SIGTERM")
  expect(await server.ended).toBe(0)
  const verified = await wanllmdb("verify", "--data", data, "--json")
  expect([verified.code, verified.err]).toEqual([0, ""])
})
