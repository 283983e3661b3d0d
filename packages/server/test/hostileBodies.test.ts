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
