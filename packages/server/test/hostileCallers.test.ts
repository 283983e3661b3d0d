import { request } from "node:http"
import { connect } from "node:net"
import { describe, expect, it, vi } from "vitest"
import WebSocket from "ws"
import { keysAuth, type Plugin } from "../src/index.ts"
import { Watcher } from "../src/live/Watcher.ts"
import { liveServer } from "./liveServer.ts"
import { LocalServer } from "./localServer.ts"

const outlet = { send: () => undefined, backlogBytes: () => 0, end: () => undefined }
const reader = {
  principal: { id: "a", name: "a", role: "viewer", via: "key" },
  expiresAt: null,
  origins: null
} as const

describe("a host that takes no API keys", () => {
  it("takes none over a socket either", async () => {
    const auth = { authenticate: async () => null, apiKeys: false }
    const server = await liveServer({ auth })
    const { key } = await server.wan.keys.create({ role: "admin" })
    const project = await server.wan.projects.create({ name: "closed" })
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/v1/live`)
    const messages: Array<{ readonly type: string; readonly problem?: { readonly status: number } }> = []
    socket.on("message", (data) => messages.push(JSON.parse(String(data))))
    await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.OPEN), 5000)
    socket.send(JSON.stringify({ signIn: { token: key } }))
    socket.send(JSON.stringify({ subscribe: { id: "p", project: project.id } }))
    await vi.waitFor(() => expect(messages.length).toBe(2), 5000)
    expect(messages.map(({ problem }) => problem?.status)).toEqual([401, 401])
    const header = { authorization: `Bearer ${key}` }
    expect((await fetch(`${server.url}/api/v1/projects`, { headers: header })).status).toBe(401)
    socket.close()
    await server.close()
  })
})

describe("the server's insides", () => {
  it("are shown to no narrowed key or token, whatever its role", async () => {
    const server = new LocalServer({ auth: keysAuth() })
    const { project } = await server.wan.projects.create({ name: "p" }).then(({ id }) => ({ project: id }))
    const narrow = (await server.wan.keys.create({ role: "admin", projects: [project] })).key
    const whole = (await server.wan.keys.create({ role: "admin" })).key
    const token = server.wan.tokens.mint({
      principal: { id: "ada", role: "admin" },
      projects: [project],
      actions: ["project.read", "run.read"],
      expiresIn: 60
    })
    const ask = (path: string, credential: string) =>
      server.fetch("GET", path, { peer: "10.0.0.1", headers: { authorization: `Bearer ${credential}` } })
    for (const credential of [narrow, token]) {
      expect((await ask("/metrics", credential)).status).toBe(403)
      expect(Object.keys(await (await ask("/ready", credential)).json())).toEqual(["status"])
    }
    expect((await ask("/metrics", whole)).status).toBe(200)
    expect(Object.keys(await (await ask("/ready", whole)).json())).toContain("storageAdapter")
    await server.wan.close()
  })
})

describe("watchers", () => {
  it("share a body only where they asked for the same keys, whatever the keys hold", () => {
    const markOf = (keys: ReadonlyArray<string>) => {
      const query = { kind: "run", run: "0".repeat(32), project: "0".repeat(32), topics: ["points"], keys, cursor: {} }
      return new Watcher(query as unknown as ConstructorParameters<typeof Watcher>[0], reader, outlet).keysMark
    }
    expect(markOf(["b", "a"])).toBe(markOf(["a", "b"]))
    const marks = [["a\nb"], ["a", "b"], ["a,b"], ['a","b'], [], [""]].map(markOf)
    expect(new Set(marks).size).toBe(marks.length)
  })
})

describe("a request that names no address", () => {
  it("reaches a plugin's page and ends as no fault of the server", async () => {
    const troubles: Array<unknown> = []
    const plugin: Plugin = {
      name: "page",
      handle: async (request) => new Response(new URL(request.url).pathname, { status: 200 })
    }
    const server = await liveServer({ auth: keysAuth(), plugins: [plugin], onError: (error) => troubles.push(error) })
    const { port } = new URL(server.url)
    const ask = (path: string, host: string) =>
      new Promise<number>((resolve, reject) => {
        const options = { port, host: "127.0.0.1", path, headers: { host }, setHost: false }
        request(options, (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        })
          .on("error", reject)
          .end()
      })
    for (const host of ["[::1].evil.com", "a:99999", "a b", "", "%", "[", "a/../b", "user@host"]) {
      expect([host, await ask("/page", host)]).toEqual([host, expect.toSatisfy((status: number) => status < 500)])
    }
    for (const path of ["http://evil.com/page", "http://[/", "//evil.com//page", "*", "/%"]) {
      expect([path, await ask(path, "localhost")]).toEqual([path, expect.toSatisfy((status: number) => status < 500)])
    }
    expect(troubles).toEqual([])
    await server.close()
  })
})

describe("a client that leaves in the middle of its body", () => {
  it("is no trouble of the server", async () => {
    const troubles: Array<unknown> = []
    const server = await liveServer({ onError: (error) => troubles.push(error) })
    const { port } = new URL(server.url)
    const { run } = await server.wan.projects
      .create({ name: "left" })
      .then(({ id }) => server.wan.runs.create({ project: id }))
    for (const [path, type] of [
      ["/api/v1/projects", "application/json"],
      [`/api/v1/runs/${run.id}/metrics`, "application/vnd.wanllmdb.frame"],
      [`/api/v1/runs/${run.id}/files?path=half`, "application/octet-stream"]
    ] as const) {
      const socket = connect(Number(port), "127.0.0.1")
      socket.on("error", () => undefined)
      const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: ${type}\r\nContent-Length: 1000\r\n\r\n`
      await new Promise((resolve) => socket.write(`${head}{"name":`, resolve))
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
    }
    // What is asked afterwards is answered, and by then the ends of those sockets were heard.
    await vi.waitFor(async () => expect((await fetch(`${server.url}/health`)).status).toBe(200))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(troubles).toEqual([])
    expect((await server.wan.projects.list({})).items.map(({ slug }) => slug)).toEqual(["left"])
    await server.close()
  })
})

describe("an Idempotency-Key", () => {
  it("that is empty is none", async () => {
    const server = new LocalServer()
    const { project } = await server.projectAndRun("keys")
    const headers = { "idempotency-key": "" }
    const make = (path: string, body: object) => server.json("POST", path, { body, headers })
    const runs = [await make(`/projects/${project}/runs`, {}), await make(`/projects/${project}/runs`, {})]
    expect(runs[0].id).not.toBe(runs[1].id)
    const projects = [await make("/projects", { name: "one" }), await make("/projects", { name: "two" })]
    expect(projects.map(({ slug }) => slug)).toEqual(["one", "two"])
    await server.wan.close()
  })

  it("is its user's own", async () => {
    const server = new LocalServer({ auth: keysAuth() })
    const project = await server.wan.projects.create({ name: "shared" })
    const make = async (user: string) => {
      const { key } = await server.wan.keys.create({ role: "member", user })
      const headers = { authorization: `Bearer ${key}`, "idempotency-key": "same" }
      return (await server.json("POST", `/projects/${project.id}/runs`, { body: {}, headers })).id
    }
    const [ada, bob, again] = [await make("ada"), await make("bob"), await make("ada")]
    expect(ada).not.toBe(bob)
    expect(again).toBe(ada)
    await server.wan.close()
  })
})
