import { gzipSync } from "node:zlib"
import { StoreError } from "@wanllmdb/core"
import { FrameBuilder } from "@wanllmdb/core/metric"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { problemOf } from "../src/http/Problem.ts"
import { createWanllmdb, type Plugin } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"
import { memoryStorage } from "./memoryStorage.ts"

const server = new LocalServer()
let run = ""
let project = ""
beforeAll(async () => {
  const made = await server.projectAndRun("refusals", { slug: "taken" })
  run = made.run
  project = made.project
})
afterAll(() => server.wan.close())

const frame = (rows = 10) => {
  const builder = new FrameBuilder()
  for (let step = 0; step < rows; step++) builder.add(step, step, { loss: step })
  return builder.take()
}

const json = { "content-type": "application/json" }

describe("a refused request names the place, the rule and what came", () => {
  it.each([
    ["POST", "/projects", { body: { name: "" } }, 400, "name", /length/],
    ["POST", "/projects", { body: {} }, 400, "name", /required/],
    ["POST", "/projects", { body: { name: "x", tags: [1] } }, 400, "tags[0]", /string/],
    ["POST", "/projects", { body: "{", headers: json }, 400, "body", /JSON/],
    ["POST", "/projects", { body: "[]", headers: json }, 400, "body", /./],
    ["POST", "/projects", { body: "{}", headers: { "content-type": "text/plain" } }, 415, "content-type", /json/],
    ["GET", "/projects?limit=0", {}, 400, "limit", /./],
    ["GET", "/projects?limit=abc", {}, 400, "limit", /./],
    ["GET", "/projects?sort=colour", {}, 400, "sort", /./],
    ["POST", "RUN/metrics", { body: "x", headers: { "content-type": "text/csv" } }, 415, "content-type", /frame/],
    ["POST", "RUN/metrics", { body: { rows: 5 } }, 400, "rows", /./],
    ["POST", "RUN/metrics", { body: {}, headers: { "wanllmdb-sequence": "1" } }, 400, "Wanllmdb-Writer", /1 to 64/],
    [
      "POST",
      "RUN/metrics",
      { body: {}, headers: { "wanllmdb-writer": "w", "wanllmdb-sequence": "0" } },
      400,
      "Wanllmdb-Sequence",
      /whole/
    ],
    ["GET", "RUN/metrics/buckets", {}, 400, "key", /required/],
    ["GET", "RUN/metrics/buckets?key=a&buckets=1e9", {}, 400, "buckets", /./],
    ["GET", "RUN/logs?level=loud", {}, 400, "level", /debug/],
    ["GET", "RUN/events?topics=nope", {}, 400, "topics", /points/],
    ["GET", "RUN/events?cursor=%21", {}, 400, "cursor", /cursor/],
    ["POST", "RUN/files?path=../x", { body: "x" }, 400, "path", /./],
    ["POST", "RUN/finish", { body: { state: "done" } }, 400, "state", /finished/],
    ["GET", "PROJECT/runs?filter=state%3A", {}, 400, "filter", /./],
    ["GET", "PROJECT/runs?filter=%7Bx", {}, 400, "filter", /tree/],
    [
      "POST",
      "PROJECT/runs/search",
      { body: `{"filter":${'{"not":'.repeat(5000)}{"field":"name","op":"exists"}${"}".repeat(5001)}`, headers: json },
      400,
      "body",
      /nested/
    ],
    ["POST", "RUN/metrics", { body: "5", headers: json }, 400, "body", /rows/]
  ] as const)("%s %s", async (method, path, options, status, place, rule) => {
    const at = path.replace("RUN", `/runs/${run}`).replace("PROJECT", `/projects/${project}`)
    const response = await server.api(method, at, options)
    const problem = await response.json()
    expect({ status: response.status, ...problem }).toMatchObject({ status })
    expect(response.headers.get("content-type")).toBe("application/problem+json")
    expect(problem.errors?.[0].path ?? "none").toContain(place)
    expect(`${problem.errors[0].rule}`).toMatch(rule)
    expect(problem.errors[0].got).toBeTypeOf("string")
  })

  it("answers 404 with the name, 405 with what is allowed, 409 for a taken slug", async () => {
    const missing = await server.api("GET", "/runs/local:refusals:none")
    expect(await missing.json()).toMatchObject({ status: 404, detail: expect.stringContaining("none") })
    const method = await server.api("PUT", `/runs/${run}`)
    expect([method.status, method.headers.get("allow")]).toEqual([405, "GET, PATCH, DELETE, HEAD, OPTIONS"])
    const taken = await server.api("POST", `/projects/${project}/runs`, { body: { slug: "taken" } })
    expect(await taken.json()).toMatchObject({ status: 409, type: "urn:wanllmdb:problem:run-slug-taken" })
    const resumed = await server.api("POST", `/projects/${project}/runs`, { body: { slug: "taken", resume: "allow" } })
    expect([resumed.status, (await resumed.json()).id]).toEqual([200, run])
  })

  it("gives the first answer again for a repeated Idempotency-Key", async () => {
    const headers = { "idempotency-key": "k1" }
    const options = { body: { name: "Once only" }, headers }
    const first = await server.json("POST", "/projects", options)
    expect((await server.json("POST", "/projects", options)).id).toBe(first.id)
    const runs = `/projects/${first.id}/runs`
    const made = await server.api("POST", runs, { body: {}, headers })
    const again = await server.api("POST", runs, { body: {}, headers })
    expect([made.status, again.status]).toEqual([201, 200])
    expect((await again.json()).id).toBe((await made.json()).id)
  })
})

describe("a frame", () => {
  const type = { "content-type": "application/vnd.wanllmdb.frame" }

  it("with a changed byte, a cut end or another version is refused whole", async () => {
    const { run } = await server.projectAndRun("frames")
    const good = frame()
    const changed = good.slice()
    changed[good.length - 1]! ^= 1
    const version = good.slice()
    version[4]! ^= 0xff
    for (const body of [changed, good.slice(0, -8), version, new Uint8Array(3), new Uint8Array()]) {
      const response = await server.api("POST", `/runs/${run}/metrics`, { body: new Uint8Array(body), headers: type })
      expect(response.status).toBe(400)
      expect((await response.json()).errors[0]).toMatchObject({ path: expect.any(String), rule: expect.any(String) })
    }
    expect((await server.json("GET", `/runs/${run}/metrics`)).items).toEqual([])
  })

  it("is taken gzipped, and a bomb is not", async () => {
    const headers = { ...type, "content-encoding": "gzip" }
    const packed = new Uint8Array(gzipSync(frame()))
    expect(await server.json("POST", `/runs/${run}/metrics`, { body: packed, headers })).toMatchObject({ accepted: 10 })
    const bomb = new Uint8Array(gzipSync(new Uint8Array(80 * 1024 * 1024)))
    expect((await server.api("POST", `/runs/${run}/metrics`, { body: bomb, headers })).status).toBe(413)
    const torn = packed.slice(0, 20)
    expect((await server.api("POST", `/runs/${run}/metrics`, { body: torn, headers })).status).toBe(400)
    const other = { ...type, "content-encoding": "br" }
    expect((await server.api("POST", `/runs/${run}/metrics`, { body: packed, headers: other })).status).toBe(415)
  })

  it("that repeats or skips a sequence doubles nothing", async () => {
    const { run } = await server.projectAndRun("sequences")
    const send = (sequence: number) =>
      server.api("POST", `/runs/${run}/metrics`, {
        body: new Uint8Array(frame()),
        headers: { ...type, "wanllmdb-writer": "w", "wanllmdb-sequence": String(sequence) }
      })
    expect(await (await send(1)).json()).toMatchObject({ duplicate: false, accepted: 10 })
    expect(await (await send(1)).json()).toMatchObject({ duplicate: true, accepted: 10 })
    const gap = await send(3)
    expect([gap.status, await gap.json()]).toMatchObject([409, { expected: 2 }])
    expect((await server.json("GET", `/runs/${run}/metrics`)).items[0].count).toBe(10)
  })
})

describe("too much", () => {
  it("is 413 when a body is longer than its route takes", async () => {
    const body = `{"name":"${"x".repeat(33 * 1024 * 1024)}"}`
    expect((await server.api("POST", "/projects", { body, headers: json })).status).toBe(413)
  })

  it("is 503 with Retry-After when too many bodies are under way", async () => {
    const busy = new LocalServer({ bodyBudgetBytes: 10 })
    const response = await busy.api("POST", "/projects", { body: { name: "more than ten bytes" } })
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"])
    await busy.wan.close()
  })

  it("is 503 when the store says that it may work later, and says nothing of why", () => {
    const cause = new Error("password=secret")
    const busy = new StoreError({ store: "sqlite", operation: "x", retryable: true, cause })
    const broken = new StoreError({ store: "sqlite", operation: "x", retryable: false, cause })
    expect(problemOf(busy)).toMatchObject({ problem: { status: 503 }, headers: { "retry-after": "1" } })
    expect(problemOf(broken)).toMatchObject({ problem: { status: 500 } })
    expect(problemOf(new Error("at /home/ada/secret.ts"))).toMatchObject({ problem: { status: 500 } })
    for (const error of [busy, broken, new Error("secret")])
      expect(JSON.stringify(problemOf(error))).not.toMatch(/secret/)
  })

  it("of one connection after close is 503", async () => {
    const closed = new LocalServer()
    await closed.wan.ready
    await closed.wan.close()
    expect((await closed.api("GET", "/projects")).status).toBe(503)
  })
})

describe("files", () => {
  it("come in ranges, unchanged not at all, and never as something that runs", async () => {
    const body = "<script>alert(1)</script>"
    await server.json("POST", `/runs/${run}/files?path=a/page.html`, { body, headers: { "content-type": "text/html" } })
    const path = `/runs/${run}/files/a/page.html`
    const whole = await server.api("GET", path)
    expect(whole.headers.get("content-disposition")).toContain("attachment")
    expect(whole.headers.get("x-content-type-options")).toBe("nosniff")
    expect(whole.headers.get("content-security-policy")).toContain("sandbox")
    const part = await server.api("GET", path, { headers: { range: "bytes=0-6" } })
    expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
      206,
      "<script",
      "bytes 0-6/25"
    ])
    expect((await server.api("GET", path, { headers: { range: "bytes=99-" } })).status).toBe(416)
    const etag = whole.headers.get("etag")!
    expect((await server.api("GET", path, { headers: { "if-none-match": etag } })).status).toBe(304)
    const head = await server.api("HEAD", path)
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "25", ""])
    const sum = "0".repeat(64)
    expect((await server.api("POST", `/runs/${run}/files?path=b&sha256=${sum}`, { body })).status).toBe(422)
  })
})

describe("outside of the API", () => {
  it("health is open, readiness shows details and measurements come to loopback or a key only", async () => {
    expect(await (await server.fetch("GET", "/health", { peer: "10.0.0.1" })).text()).toBe("OK")
    expect(await (await server.fetch("GET", "/ready")).json()).toMatchObject({
      status: "ready",
      storageAdapter: { kind: "memory" }
    })
    expect(await (await server.fetch("GET", "/ready", { peer: "10.0.0.1" })).json()).toEqual({ status: "ready" })
    const text = await (await server.fetch("GET", "/metrics")).text()
    expect(text).toMatch(/wanllmdb_requests_total\{route="metrics.append",status="200"\} \d+/)
    expect(text).toMatch(/wanllmdb_points_total \d+/)
    expect((await server.fetch("GET", "/metrics", { peer: "10.0.0.1" })).status).toBe(403)
    expect((await server.fetch("POST", "/health")).status).toBe(405)
  })

  it("the OpenAPI document is open and names every operation", async () => {
    const document = await (await server.api("GET", "/openapi.json", { peer: "10.0.0.1" })).json()
    expect(document.openapi).toBe("3.1.0")
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name)
    }
  })

  it("a trusted page gets its answers and its preflight", async () => {
    const origin = "https://app.example.com"
    const trusting = new LocalServer({ trustedOrigins: [origin] })
    const preflight = await trusting.api("OPTIONS", "/projects", { headers: { origin } })
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, origin])
    const answer = await trusting.api("GET", "/projects", { headers: { origin } })
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, origin])
    expect((await server.api("OPTIONS", "/projects", { headers: { origin } })).status).toBe(403)
    await trusting.wan.close()
  })

  it("a plugin answers below the mount, behind the origin rule, knowing the caller", async () => {
    const plugin: Plugin = {
      name: "echo",
      async handle(request, { basePath, can, path, principal }) {
        if (path !== "/echo") return null
        const may = await can("key.manage", { kind: "server" })
        return Response.json({ basePath, user: principal?.name ?? null, may, body: await request.text() })
      }
    }
    const plugged = createWanllmdb({ ...memoryStorage(), plugins: [plugin], basePath: "/ml" })
    const call = (path: string, headers: Record<string, string> = {}) =>
      plugged.handler(new Request(`http://localhost${path}`, { method: "POST", body: "hi", headers }), { peer: "::1" })
    expect(await (await call("/ml/echo")).json()).toEqual({ basePath: "/ml", user: "local", may: true, body: "hi" })
    expect((await call("/ml/other")).status).toBe(404)
    expect((await call("/ml/echo", { origin: "https://evil.example" })).status).toBe(403)
    await plugged.close()
  })
})
