import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { liveServer } from "./liveServer.ts"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer()
let project = ""
let run = ""
beforeAll(async () => {
  const made = await server.projectAndRun("bodies")
  project = made.project
  run = made.run
})
afterAll(() => server.wan.close())

const json = { "content-type": "application/json" }

describe("texts", () => {
  it("that are not UTF-8 are refused by the rule and never kept with another letter", async () => {
    const parts = [Buffer.from('{"name":"a'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]
    for (const path of ["/projects", `/projects/${project}/runs`, `/runs/${run}/metrics`]) {
      const response = await server.api("POST", path, { body: new Uint8Array(Buffer.concat(parts)), headers: json })
      expect([path, response.status]).toEqual([path, 400])
      expect((await response.json()).errors[0]).toMatchObject({ path: "body", rule: expect.stringContaining("UTF-8") })
    }
  })

  it.each([
    ["POST", "/projects", { name: "a\ud800" }, "name"],
    ["PATCH", "/projects/PROJECT", { tags: ["ok", "\udc00"] }, "tags[1]"],
    ["POST", "/projects/PROJECT/runs", { name: "\ud83d" }, "name"],
    ["POST", "/projects/PROJECT/runs", { config: { deep: [{ "\ud800": 1 }] } }, "config.deep[0]"],
    ["POST", "/projects/PROJECT/runs", { environment: { git: { branch: "\udfff" } } }, "environment.git.branch"],
    ["PATCH", "/runs/RUN", { notes: "x\udfff" }, "notes"],
    ["PATCH", "/runs/RUN", { summary: { best: "\ud800" } }, "summary.best"],
    ["POST", "/runs/RUN/config", { lr: "\ud800" }, "config.lr"],
    ["POST", "/runs/RUN/tags", { tags: ["\ud800"] }, "tags[0]"],
    ["POST", "/keys", { name: "\ud800" }, "name"]
  ])("with half a surrogate pair are refused by name: %s %s %j", async (method, path, body, place) => {
    const at = path.replace("PROJECT", project).replace("RUN", run)
    const response = await server.api(method, at, { body })
    expect(response.status).toBe(400)
    expect((await response.json()).errors[0]).toMatchObject({ path: place, rule: expect.stringMatching(/surrogate/) })
  })

  it("of any other Unicode are kept as they are", async () => {
    const name = "\u{1f600} e\u0301 \u202e \\ud800 \ufffd"
    const made = await server.json("POST", `/projects/${project}/runs`, { body: { name, config: { [name]: name } } })
    expect([made.name, made.config]).toEqual([name, { [name]: name }])
  })
})

describe("a browser", () => {
  it("is told on every answer not to guess what it is", async () => {
    const answers = [
      await server.api("GET", "/projects"),
      await server.api("GET", "/nothing"),
      await server.api("POST", "/projects", { body: "{", headers: json }),
      await server.fetch("GET", "/health"),
      await server.fetch("GET", "/no-page"),
      await server.api("GET", `/runs/${run}/events`)
    ]
    const listening = await liveServer({ basePath: "/ml" })
    for (const path of ["/ml/health", "/ml/api/v1/none", "/outside"]) {
      answers.push(await fetch(`${listening.url.replace(/\/ml$/, "")}${path}`))
    }
    for (const answer of answers) {
      expect([answer.url, answer.headers.get("x-content-type-options")]).toEqual([answer.url, "nosniff"])
      await answer.body?.cancel()
    }
    await listening.close()
  })
})

describe("the budget of bodies under way", () => {
  const budget = 100_000
  const long = JSON.stringify({ name: "b", description: "x".repeat(150_000) })

  it("counts what gzip inflates to, also of several members or where the length at its end is a lie", async () => {
    const busy = new LocalServer({ bodyBudgetBytes: budget })
    const headers = { ...json, "content-encoding": "gzip" }
    const members = Buffer.concat([gzipSync(long.slice(0, 140_000)), gzipSync(long.slice(140_000))])
    const liar = Buffer.from(gzipSync(long))
    liar.writeUInt32LE(10, liar.length - 4)
    for (const body of [gzipSync(long), members, liar]) {
      expect(body.length).toBeLessThan(budget / 10)
      const response = await busy.api("POST", "/projects", { body: new Uint8Array(body), headers })
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"])
    }
    const small = JSON.stringify({ name: "small" })
    const two = Buffer.concat([gzipSync(small.slice(0, 5)), gzipSync(small.slice(5))])
    // Nothing is held once a call is over.
    for (let round = 0; round < 10; round++) {
      const body = new Uint8Array(gzipSync(JSON.stringify({ name: `kept ${round}`, description: "x".repeat(60_000) })))
      expect((await busy.api("POST", "/projects", { body, headers })).status).toBe(201)
    }
    const roomy = await server.api("POST", "/projects", { body: new Uint8Array(two), headers })
    expect([roomy.status, (await roomy.json()).name]).toEqual([201, "small"])
    await busy.wan.close()
  })

  it("counts bodies of no announced length as they come, and ends them", async () => {
    const busy = await liveServer({ bodyBudgetBytes: budget })
    let at = 0
    const chunks = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(long.slice(at, at + 10_000)))
        at += 10_000
        if (at >= long.length) controller.close()
      }
    })
    const init = { method: "POST", headers: json, duplex: "half" as const }
    const response = await fetch(`${busy.url}/api/v1/projects`, { ...init, body: chunks })
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"])
    await response.body?.cancel()
    const after = await fetch(`${busy.url}/api/v1/projects`, { ...init, body: JSON.stringify({ name: "after" }) })
    expect(after.status).toBe(201)
    await busy.close()
  })
})

describe("series of a project", () => {
  it("answer the same for a run of another project as for none, so that nobody learns which exist", async () => {
    const other = await server.projectAndRun("elsewhere", { slug: "secret" })
    const keys = { keys: ["a"] }
    const problems = []
    for (const ref of [other.run, "local:elsewhere:secret", "0".repeat(32), "local:elsewhere:none"]) {
      const body = { ...keys, runs: [ref] }
      const response = await server.api("POST", `/projects/${project}/metrics/buckets`, { body })
      problems.push({ status: response.status, text: (await response.text()).replaceAll(ref, "REF") })
    }
    expect(new Set(problems.map(({ text }) => text)).size).toBe(1)
    expect(problems.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  it("have finite widths for every window that is taken, and a rule for those that are not", async () => {
    await server.json("POST", `/runs/${run}/metrics`, { body: { rows: [{ step: 1, values: { a: 1, far: -1e308 } }] } })
    await server.json("POST", `/runs/${run}/metrics`, { body: { rows: [{ step: 2, values: { a: 2, far: 1e308 } }] } })
    const buckets = (query: string) => `/runs/${run}/metrics/buckets?key=a&${query}`
    const refused = await server.api("GET", buckets("from=-1e308&to=1e308"))
    expect(refused.status).toBe(400)
    expect((await refused.json()).errors[0]).toMatchObject({ path: "from", rule: expect.stringContaining("2^1022") })
    for (const query of ["from=-4e307&to=4e307", "from=-4e307&to=4e307&buckets=1", "x=far"]) {
      const series = await server.json("GET", buckets(query))
      expect(Number.isFinite(series.width)).toBe(true)
      expect(series.x.every(Number.isFinite)).toBe(true)
      expect(series.count.reduce((a: number, b: number) => a + b)).toBe(2)
    }
  })
})
