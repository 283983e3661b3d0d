/** The built server while somebody searches with expressions that never end, and deletes what others write. */
import { expect, it } from "vitest"
import { api, folder, serve, valuesOf, wanllmdb } from "./builtServer.ts"

const startRun = async () => {
  const data = folder()
  const server = await serve("--data", data)
  await api(server.url, "POST", "/projects", { name: "p" })
  const run = (await api(server.url, "POST", "/projects/local:p/runs", { slug: "r" })).body.id as string
  return { data, server, url: server.url, run }
}

it("log searches whose expressions never end hold up nobody else, and are refused by name", async () => {
  const { run, url } = await startRun()
  const lines = Array.from({ length: 200 }, (_, i) => ({ text: `${"a".repeat(60)}! ${i}` }))
  await api(url, "POST", `/runs/${run}/logs`, { lines })
  const answered: Array<string> = []
  const search = (pattern: string) =>
    api(url, "GET", `/runs/${run}/logs?regex=true&search=${encodeURIComponent(pattern)}`).then((answer) => {
      answered.push("search")
      return answer
    })
  const patterns = ["(a+)+$", "(a|aa)+$", "(a|a?)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){25}$", "(\\w+\\s?)*$"]
  const searches = patterns.map(search)
  for (let i = 0; i < 20; i++) {
    expect((await fetch(`${url}/health`)).status).toBe(200)
    const rows = [{ step: i, values: { a: i } }]
    expect((await api(url, "POST", `/runs/${run}/metrics`, { rows })).status).toBe(200)
    expect((await api(url, "GET", `/runs/${run}`)).status).toBe(200)
    answered.push("call")
  }
  const answers = await Promise.all(searches)
  // Each search that runs for ever is stopped after half a second; other calls were answered long before the last of them.
  expect(answered.lastIndexOf("call")).toBeLessThan(answered.lastIndexOf("search"))
  const refused = answers.filter(({ status }) => status === 400)
  expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true)
  expect(refused.length).toBeGreaterThan(0)
  for (const { body } of refused) expect(body.errors).toMatchObject([{ path: "search" }])
  expect((await search("! 1\\d\\d$")).body.items).toHaveLength(100)
  for (const broken of ["(", "[", "(?<n>", "a{2,1}", "\\"]) expect((await search(broken)).status).toBe(400)
})

it("a run, and its project, deleted and restored under four writers loses nothing that was acknowledged", async () => {
  const { data, run, server, url } = await startRun()
  const acknowledged = { a: 0, b: 0 }
  let ending = false
  const write = async (writer: "a" | "b"): Promise<void> => {
    for (let n = 1; !ending; ) {
      const headers = { "wanllmdb-writer": writer, "wanllmdb-sequence": String(n) }
      const rows = Array.from({ length: 20 }, (_, i) => ({ step: n * 20 + i, values: { [writer]: n * 20 + i } }))
      const answer = await api(url, "POST", `/runs/${run}/metrics`, { rows }, { headers })
      expect([200, 404]).toContain(answer.status)
      if (answer.status === 200) acknowledged[writer] = n++
      else expect(answer.headers.get("content-type")).toBe("application/problem+json")
    }
  }
  const print = async (): Promise<number> => {
    let printed = 0
    while (!ending) {
      const { status } = await api(url, "POST", `/runs/${run}/logs`, { lines: [{ text: "line" }] })
      expect([200, 404]).toContain(status)
      if (status === 200) printed++
    }
    return printed
  }
  const work = Promise.all([write("a"), write("b"), print()])
  for (let round = 0; round < 8; round++) {
    const path = round % 2 === 0 ? `/runs/${run}` : "/projects/local:p"
    expect((await api(url, "DELETE", path)).status).toBe(204)
    if (round % 2 === 0) {
      const list = await api(url, "GET", "/projects/local:p/runs")
      expect(list.body.items).toEqual([])
      expect((await api(url, "POST", `/runs/${run}/restore`)).status).toBe(200)
    } else {
      const projects = (await api(url, "GET", "/projects?deleted=true")).body.items as ReadonlyArray<{ id: string }>
      expect((await api(url, "POST", `/projects/${projects[0]?.id}/restore`)).status).toBe(200)
    }
  }
  ending = true
  const [, , printed] = await work
  for (const writer of ["a", "b"] as const) {
    const expected = Array.from({ length: acknowledged[writer] * 20 }, (_, i) => 20 + i)
    expect(await valuesOf(url, run, writer)).toEqual(expected)
  }
  const log = String((await api(url, "GET", `/runs/${run}/logs/download`)).body)
  expect(log.match(/line/g)).toHaveLength(printed)
  server.child.kill("SIGTERM")
  expect(await server.ended).toBe(0)
  expect((await wanllmdb("verify", "--data", data)).code).toBe(0)
})
