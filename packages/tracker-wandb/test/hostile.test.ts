import { gzipSync } from "node:zlib"
import { keysAuth } from "@wanllmdb/server"
import { describe, expect, it } from "vitest"
import { range, TrackerServer } from "./TrackerServer.ts"

const megabyte = 1024 * 1024
const history = (content: ReadonlyArray<string>, offset = 0) => ({
  files: { "wandb-history.jsonl": { offset, content } }
})
const step = (number: number, rest = "") => `{"_step":${number},"_runtime":${number},"_timestamp":${number}${rest}}`

describe("calls that break a rule", () => {
  it.each([
    ["", 400],
    ["[]", 400],
    ["{", 400],
    ['{"query":5}', 400],
    ['{"query":"{ viewer }"}', 400],
    ['{"query":"query Viewer { x }","variables":[]}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{}}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{"name":1}}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{"name":"r","config":"{"}}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{"name":"r","config":"[]"}}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{"name":"r","tags":[1]}}', 400],
    ['{"query":"mutation UpsertBucket { x }","variables":{"id":"nobody"}}', 404],
    ['{"query":"query constructor { x }"}', 200],
    ['{"query":"query __proto__ { x }"}', 200],
    [`{"query":"query ${"x".repeat(10_000)} { x }"}`, 200]
  ])("graphql %s is answered with %i and a message", async (body, status) => {
    const server = new TrackerServer()
    const response = await server.post("/graphql", body)
    expect(response.status).toBe(status)
    expect(
      ((await response.json()) as { errors: Array<{ message: string }> }).errors[0]!.message.length
    ).toBeGreaterThan(5)
    expect(server.troubles).toEqual([])
  })

  it("a config or rewind that cannot be is refused by field", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const deep = `{"a":${'{"a":'.repeat(500)}1${"}".repeat(500)}}`
    expect((await server.graphql("UpsertBucket", { project: "p", name: "r", config: deep })).status).toBe(400)
    const place = { runName: "r", entity: "local", project: "p" }
    expect((await server.graphql("RewindRun", { ...place, metricName: "loss", metricValue: 1 })).status).toBe(400)
    expect((await server.graphql("RewindRun", { ...place, metricName: "_step" })).status).toBe(400)
    expect((await server.graphql("RewindRun", { ...place, metricName: "_step", metricValue: 1e300 })).status).toBe(400)
    expect((await server.graphql("RewindRun", { ...place, runName: "none", metricValue: 1 })).status).toBe(404)
    const branch = JSON.stringify({ _wandb: { value: { branch_point: { run_id: "none", step: 1 } } } })
    expect((await server.graphql("UpsertBucket", { project: "p", name: "f", config: branch })).status).toBe(404)
    expect(server.troubles).toEqual([])
  })

  it("a stream call for no run, or with a wrong body, is final and says why", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    expect((await server.stream("none", {})).status).toBe(404)
    for (const body of ["{", '{"files":{"output.log":{"offset":-1,"content":[]}}}', "null"]) {
      const response = await server.stream("r", body)
      expect(response.status).toBe(400)
      expect(await response.text()).toMatch(/must be/)
    }
    const half = gzipSync("{}").subarray(0, 15)
    const zip = { "content-encoding": "gzip" }
    expect((await server.post("/files/local/p/r/file_stream", half, { headers: zip })).status).toBe(400)
    const brotli = { "content-encoding": "br" }
    expect((await server.post("/files/local/p/r/file_stream", "{}", { headers: brotli })).status).toBe(415)
    expect(server.troubles).toEqual([])
  })

  it("a body that is cut off is no trouble of the server", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"files":'))
        controller.error(new Error("aborted"))
      }
    })
    const request = new Request("http://localhost/files/local/p/r/file_stream", {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
      duplex: "half"
    } as RequestInit)
    expect((await server.wan.handler(request, { peer: "127.0.0.1" })).status).toBe(400)
    expect(server.troubles).toEqual([])
  })

  it("a bomb is not inflated, and a body beyond the limit is not read", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const bomb = gzipSync(Buffer.alloc(200 * megabyte))
    const zip = { "content-encoding": "gzip" }
    expect((await server.post("/files/local/p/r/file_stream", bomb, { headers: zip })).status).toBe(413)
    expect((await server.post("/files/local/p/r/file_stream", Buffer.alloc(40 * megabyte, 32))).status).toBe(413)
  })

  it("more bodies than the budget are told to come again", async () => {
    const server = new TrackerServer({ bodyBudgetBytes: megabyte })
    await server.upsert("r")
    const response = await server.stream("r", history([step(0, `,"a":"${"x".repeat(2 * megabyte)}"`)]))
    expect([response.status, response.headers.has("retry-after")]).toEqual([503, true])
    expect((await server.stream("r", history([step(0)]))).status).toBe(200)
  })
})

describe("calls that are large or odd", () => {
  it("a body of 12 MB is taken whole", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const text = "x".repeat(1_000)
    const content = range(0, 12_000).map((number) => step(number, `,"text":"${text}"`))
    expect((await server.stream("r", history(content))).status).toBe(200)
    expect((await server.keys("r")).text.count).toBe(12_000)
  })

  it("a row of 100,000 keys is taken", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const names = range(0, 100_000).map((number) => `"key/${number}":${number}`)
    expect((await server.stream("r", history([step(0, `,${names.join(",")}`)]))).status).toBe(200)
    expect((await server.points("r", "key/99999")).map(({ value }) => value)).toEqual([99_999])
  })

  it("very long lines of the console are cut and lose no other line", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const content = [
      JSON.stringify({ content: "y".repeat(9 * megabyte) }),
      '{"content":"after"}',
      "z".repeat(9 * megabyte)
    ]
    const response = await server.stream("r", { files: { "output.log": { offset: 0, content } } })
    expect(response.status).toBe(200)
    const lines = await server.lines("r")
    expect(lines[1].text).toBe("after")
    expect(lines[0].text).toMatch(/cut: \d+ bytes/)
  })

  it("rows that cannot be kept are named in the run's log, and the others are kept", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const content = [step(0, ',"a":1'), "nonsense", step(2, ',"a":3,"":1'), "7"]
    expect((await server.stream("r", history(content))).status).toBe(200)
    expect((await server.points("r", "a")).map(({ value }) => value)).toEqual([1, 3])
    const texts = (await server.lines("r")).map(({ text }) => text)
    expect(texts).toHaveLength(3)
    expect(texts[0]).toMatch(/^row 1: /)
    const many = range(0, 100).map(() => "bad")
    expect((await server.stream("r", history(many, 4))).status).toBe(200)
    expect((await server.lines("r")).at(-1).text).toMatch(/and 80 more/)
  })

  it("summaries that cannot be kept change nothing", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const deep = `{"a":${"[".repeat(500)}${"]".repeat(500)}}`
    for (const summary of ["", "[]", "{", deep, '"text"']) {
      const files = { "wandb-summary.json": { offset: 0, content: [summary] } }
      expect((await server.stream("r", { files })).status).toBe(200)
    }
    expect((await server.held("r")).summary).toEqual({})
  })

  it("paths of odd shape are nobody's", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    for (const path of ["/files/local/p", "/files/%zz/p/r/file_stream", "/files/local/p/r"]) {
      expect((await server.post(path, "{}")).status).toBe(404)
    }
    expect((await server.fetch("DELETE", "/files/local/p/r/x")).status).toBe(404)
    expect((await server.post("/oidc/token", "")).status).toBe(401)
    expect((await server.fetch("GET", "/artifactsV2/x/y")).status).toBe(501)
    expect(server.troubles).toEqual([])
  })
})

describe("keys", () => {
  const basic = (key: string) => ({
    headers: { authorization: `Basic ${Buffer.from(`api:${key}`).toString("base64")}` }
  })

  it("that are wrong or missing get 401, and those of other projects learn nothing", async () => {
    const server = new TrackerServer({ auth: keysAuth() })
    const owner = await server.wan.keys.create({ role: "admin" })
    await server.upsert("r", {}, basic(owner.key))
    const project = await server.wan.projects.create({ name: "other" })
    const narrow = await server.wan.keys.create({ role: "member", projects: [project.id] })
    const viewer = await server.wan.keys.create({ role: "viewer" })
    const ingest = await server.wan.keys.create({ role: "ingest" })
    for (const caller of [{}, basic("x".repeat(48))]) {
      expect((await server.graphql("Viewer", {}, caller)).status).toBe(401)
      expect((await server.stream("r", {}, caller)).status).toBe(401)
    }
    expect((await server.stream("r", {}, basic(narrow.key))).status).toBe(404)
    expect((await server.graphql("UpsertBucket", { project: "p", name: "r" }, basic(narrow.key))).status).toBe(404)
    expect((await server.graphql("UpsertBucket", { project: "new", name: "r" }, basic(narrow.key))).status).toBe(403)
    expect((await server.graphql("UpsertBucket", { project: "other", name: "r" }, basic(narrow.key))).status).toBe(200)
    expect((await server.stream("r", {}, basic(viewer.key))).status).toBe(403)
    expect((await server.graphql("UpsertBucket", { project: "p", name: "x" }, basic(viewer.key))).status).toBe(403)
    expect((await server.upsert("job", {}, basic(ingest.key))).inserted).toBe(true)
    expect((await server.stream("job", history([step(0)]), basic(ingest.key))).status).toBe(200)
    const report = await server.fetch("GET", "/wandb/unknown-operations", basic(viewer.key))
    expect(report.status).toBe(403)
    expect(server.troubles).toEqual([])
  })

  it("with the right to it log for someone else", async () => {
    const server = new TrackerServer({ auth: keysAuth() })
    const service = await server.wan.keys.create({ role: "member", impersonate: true })
    const plain = await server.wan.keys.create({ role: "member" })
    const as = (key: string) => ({ headers: { ...basic(key).headers, "x-wandb-username": "ada" } })
    await server.upsert("one", {}, as(service.key))
    expect((await server.graphql("UpsertBucket", { project: "p", name: "two" }, as(plain.key))).status).toBe(403)
    const users = (await server.wan.runs.search({ project: "local:p" })).items.map(({ slug, user }) => [slug, user])
    expect(users).toEqual([["one", "ada"]])
  })
})
