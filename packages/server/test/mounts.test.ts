import { createServer, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import express5 from "express"
import express4 from "express4"
import fastify from "fastify"
import { Hono } from "hono"
import { afterAll, describe, expect, it } from "vitest"
import { createWanllmdb, type Wanllmdb } from "../src/index.ts"
import { memoryStorage } from "./memoryStorage.ts"

const open: Array<() => Promise<unknown>> = []
afterAll(() => Promise.all(open.map((close) => close())))

const instance = (basePath?: string): Wanllmdb => {
  const wan = createWanllmdb({ ...memoryStorage(), basePath })
  open.push(() => wan.close())
  return wan
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  open.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What every mount must do: JSON in and out, bytes up and down, streams, problems, health. */
const exercise = async (base: string, call: (url: string, init?: RequestInit) => Promise<Response> = fetch) => {
  const api = `${base}/api/v1`
  const post = (path: string, body: unknown) =>
    call(`${api}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body)
    })
  expect(await (await call(`${base}/health`)).text()).toBe("OK")
  const project = await (await post("/projects", { name: "Mounted ü" })).json()
  const run = await (await post(`/projects/${project.id}/runs`, { config: { lr: 0.1 } })).json()
  expect(run).toMatchObject({ config: { lr: 0.1 } })
  const appended = await post(`/runs/${run.id}/metrics`, { rows: [{ step: 1, values: { loss: 0.5 } }] })
  expect(await appended.json()).toMatchObject({ accepted: 1 })
  const search = await call(`${api}/projects/${project.id}/runs?filter=config.lr%3C1&columns=summary.loss`)
  expect(await search.json()).toMatchObject({ total: 1, items: [{ columns: [0.5] }] })
  const points = await call(`${api}/runs/${run.id}/metrics/points?key=loss`)
  expect(await points.text()).toContain('"value":0.5')
  const bytes = crypto.getRandomValues(new Uint8Array(60_000))
  const put = await call(`${api}/runs/${run.id}/files?path=a/b.bin`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: bytes
  })
  expect(put.status).toBe(201)
  const got = await call(`${api}/runs/${run.id}/files/a/b.bin`)
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes)
  const wrong = await post("/projects", { name: 5 })
  expect(wrong.status).toBe(400)
  expect(wrong.headers.get("content-type")).toBe("application/problem+json")
  expect(await wrong.json()).toMatchObject({ errors: [{ path: "name", got: "5" }] })
  expect((await call(`${api}/nothing`)).status).toBe(404)
}

describe("the listener works", () => {
  it("on a bare node:http server", async () => {
    await exercise(await listen(createServer(instance().nodeListener)))
  })

  it("on a bare node:http server under a prefix, and leaves other paths alone", async () => {
    const base = await listen(createServer(instance("/ml").nodeListener))
    await exercise(`${base}/ml`)
    expect((await fetch(`${base}/health`)).status).toBe(404)
  })

  it.each([
    ["Express 4", express4],
    ["Express 5", express5]
  ] as const)("in %s, at the root, below a path and below a router", async (_, express) => {
    const root = express()
    root.use(instance().nodeListener)
    await exercise(await listen(createServer(root)))
    const nested = express()
    const router = express.Router()
    router.use("/ml", instance().nodeListener)
    nested.use("/tools", router)
    await exercise(`${await listen(createServer(nested))}/tools/ml`)
    const configured = express()
    configured.use("/ml", instance("/ml").nodeListener)
    configured.get("/own", (_request, response) => void response.send("mine"))
    const base = await listen(createServer(configured))
    await exercise(`${base}/ml`)
    expect(await (await fetch(`${base}/own`)).text()).toBe("mine")
  })

  it.each([
    ["Express 4", express4],
    ["Express 5", express5]
  ] as const)("in %s behind body parsers, and before them", async (_, express) => {
    const before = express()
    before.use(express.json(), express.text(), express.raw({ type: "application/vnd.wanllmdb.frame" }))
    before.use("/ml", instance().nodeListener)
    await exercise(`${await listen(createServer(before))}/ml`)
    const after = express()
    after.use("/ml", instance().nodeListener)
    after.use(express.json())
    await exercise(`${await listen(createServer(after))}/ml`)
  })

  it("in Fastify, with the stream its own or the body parsed", async () => {
    const app = fastify()
    const wan = instance("/ml")
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser("*", (_request, _payload, done) => done(null))
      scope.all("/ml/*", (request, reply) => {
        reply.hijack()
        wan.nodeListener(request.raw, reply.raw)
      })
    })
    const base = await app.listen({ port: 0, host: "127.0.0.1" })
    open.push(() => app.close())
    await exercise(`${base}/ml`)

    const parsed = fastify()
    const other = instance("/ml")
    parsed.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body)
    )
    parsed.all("/ml/*", (request, reply) => {
      reply.hijack()
      other.nodeListener(Object.assign(request.raw, { body: request.body }), reply.raw)
    })
    const parsedBase = await parsed.listen({ port: 0, host: "127.0.0.1" })
    open.push(() => parsed.close())
    await exercise(`${parsedBase}/ml`)
  })
})

describe("the fetch handler works", () => {
  const peer = "127.0.0.1"

  it("in Hono, under a prefix", async () => {
    const wan = instance("/ml")
    const app = new Hono()
    app.all("/ml/*", (context) => wan.handler(context.req.raw, { peer }))
    await exercise("http://localhost/ml", async (url, init) => app.request(url, init))
  })

  it("by itself, at the root and under a prefix", async () => {
    const wan = instance()
    await exercise("http://localhost", (url, init) => wan.handler(new Request(url, init), { peer }))
    const below = instance("/deep/ml/")
    await exercise("http://localhost/deep/ml", (url, init) => below.handler(new Request(url, init), { peer }))
    expect((await below.handler(new Request("http://localhost/health"), { peer })).status).toBe(404)
  })

  it("refuses local mode where the transport does not say who calls", async () => {
    const wan = instance()
    const response = await wan.handler(new Request("http://localhost/api/v1/projects"))
    expect(response.status).toBe(401)
    expect((await response.json()).detail).toContain("transport")
  })
})

describe("a refused body", () => {
  it("that is still on its way does not hide the answer", async () => {
    const base = await listen(createServer(instance().nodeListener))
    const body = new Uint8Array(40 * 1024 * 1024)
    const headers = { "content-type": "application/json" }
    const tooLong = await fetch(`${base}/api/v1/projects`, { method: "POST", body, headers })
    expect(tooLong.status).toBe(413)
    const foreign = await fetch(`${base}/api/v1/projects`, {
      method: "POST",
      body,
      headers: { ...headers, origin: "null" }
    })
    expect(foreign.status).toBe(403)
    expect((await fetch(`${base}/health`)).status).toBe(200)
  })

  it("or an odd method or host never crash the server", async () => {
    const wan = createWanllmdb({
      ...memoryStorage(),
      plugins: [{ name: "page", handle: async (request) => new Response(new URL(request.url).hostname) }]
    })
    open.push(() => wan.close())
    const base = new URL(await listen(createServer(wan.nodeListener)))
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(base.port), "127.0.0.1", () => socket.write(text))
        socket.once("data", (data) => {
          resolve(String(data).split("\r\n")[0]!)
          socket.destroy()
        })
        socket.once("error", reject)
      })
    expect(await raw("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n")).toContain("405")
    expect(await raw("GET /page HTTP/1.1\r\nHost: a b^c\r\n\r\n")).toMatch(/200|401|400/)
    expect(await raw("GET /api/v1/runs/%ff HTTP/1.1\r\nHost: localhost\r\n\r\n")).toContain("400")
    expect(await (await fetch(`${base}page`)).text()).toBe("127.0.0.1")
  })
})
