import { afterAll, describe, expect, it, vi } from "vitest"
import { type AuthRequest, keysAuth, localAuth } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"

const servers: Array<LocalServer> = []
const start = (...options: ConstructorParameters<typeof LocalServer>) => {
  const server = new LocalServer(...options)
  servers.push(server)
  return server
}
afterAll(() => Promise.all(servers.map(({ wan }) => wan.close())))

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

describe("local mode", () => {
  const server = start({ auth: localAuth({ user: "ada" }) })

  it("makes this machine's caller the local user, whatever key it sends", async () => {
    expect(await server.json("GET", "/auth/me")).toMatchObject({ name: "ada", role: "admin", via: "local" })
    expect(await server.json("GET", "/auth/me", { headers: bearer("anything") })).toMatchObject({ name: "ada" })
    const headers = { "x-wandb-username": "bob" }
    expect(await server.json("GET", "/auth/me", { headers })).toMatchObject({ name: "ada" })
  })

  it.each([
    [{ peer: "10.1.2.3" }],
    [{ headers: { host: "evil.example" } }],
    [{ headers: { "x-forwarded-for": "10.1.2.3" } }],
    [{ headers: { forwarded: "for=1.2.3.4" } }],
    [{ headers: { via: "1.1 x" } }]
  ])("is closed to %j", async (options) => {
    expect((await server.api("GET", "/projects", options)).status).toBe(401)
  })
})

describe("keys", () => {
  const server = start({ auth: keysAuth() })
  const { wan } = server

  it("sign in as Bearer and as Basic with any user", async () => {
    const { key } = await wan.keys.create({ user: "ada", role: "member" })
    expect(await server.json("GET", "/auth/me", { headers: bearer(key) })).toMatchObject({ name: "ada", via: "key" })
    const basic = { authorization: `Basic ${Buffer.from(`api:${key}`).toString("base64")}` }
    expect(await server.json("GET", "/auth/me", { headers: basic })).toMatchObject({ name: "ada" })
  })

  it("that expired or were revoked do not", async () => {
    const old = await wan.keys.create({ expiresAt: 1000 })
    expect((await server.api("GET", "/auth/me", { headers: bearer(old.key) })).status).toBe(401)
    const gone = await wan.keys.create()
    await wan.keys.revoke(gone.apiKey.id)
    expect((await server.api("GET", "/auth/me", { headers: bearer(gone.key) })).status).toBe(401)
  })

  it("act for another user only with the right to", async () => {
    const plain = await wan.keys.create({ user: "ada" })
    const acting = await wan.keys.create({ user: "service", impersonate: true })
    const as = (key: string, name: string) =>
      server.api("GET", "/auth/me", { headers: { ...bearer(key), "x-wandb-username": name } })
    expect((await as(plain.key, "bob")).status).toBe(403)
    expect((await as(plain.key, "ada")).status).toBe(200)
    expect(await (await as(acting.key, "bob")).json()).toMatchObject({ name: "bob" })
  })

  it("are exchanged for a cookie that page scripts cannot read, and changes by cookie need an Origin", async () => {
    const { key } = await wan.keys.create({ user: "ada", role: "admin" })
    const opened = await server.api("POST", "/auth/session", { body: { key } })
    const set = opened.headers.get("set-cookie")!
    expect(set).toMatch(/HttpOnly; SameSite=Strict/)
    const cookie = set.split(";")[0]!
    expect(await server.json("GET", "/auth/me", { headers: { cookie } })).toMatchObject({ name: "ada", via: "cookie" })
    const body = { name: "by cookie" }
    expect((await server.api("POST", "/projects", { body, headers: { cookie } })).status).toBe(403)
    const origin = "http://localhost:8080"
    expect((await server.api("POST", "/projects", { body, headers: { cookie, origin } })).status).toBe(201)
    const forged = `${cookie.slice(0, -3)}AAA`
    expect((await server.api("GET", "/auth/me", { headers: { cookie: forged } })).status).toBe(401)
    const closed = await server.api("DELETE", "/auth/session", { headers: { cookie, origin } })
    expect(closed.headers.get("set-cookie")).toContain("Max-Age=0")
    expect((await server.api("POST", "/auth/session", { body: { key: "nope" } })).status).toBe(401)
  })

  it("that are revoked take their sessions with them", async () => {
    vi.useFakeTimers({ toFake: ["Date"] })
    const { apiKey, key } = await wan.keys.create({ user: "ada" })
    const cookie = (await server.api("POST", "/auth/session", { body: { key } })).headers
      .get("set-cookie")!
      .split(";")[0]!
    expect((await server.api("GET", "/auth/me", { headers: { cookie } })).status).toBe(200)
    await wan.keys.revoke(apiKey.id)
    vi.advanceTimersByTime(6000)
    expect((await server.api("GET", "/auth/me", { headers: { cookie } })).status).toBe(401)
    vi.useRealTimers()
  })

  it("are not needed with a sign-in link, which works once", async () => {
    const link = await wan.tokens.signInLink()
    const first = await server.fetch("GET", link)
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"])
    const cookie = first.headers.get("set-cookie")!.split(";")[0]!
    expect(await server.json("GET", "/auth/me", { headers: { cookie } })).toMatchObject({
      name: "admin",
      role: "admin"
    })
    expect((await server.fetch("GET", link)).status).toBe(401)
  })

  it("made over HTTP are shown once and never listed", async () => {
    const admin = (await wan.keys.create({ role: "admin" })).key
    const made = await server.json("POST", "/keys", { body: { role: "ingest", name: "job" }, headers: bearer(admin) })
    expect(made.key).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    expect(JSON.stringify(await server.json("GET", "/keys", { headers: bearer(admin) }))).not.toContain(made.key)
  })
})

describe("embed tokens", () => {
  const server = start({ auth: keysAuth(), secrets: ["a secret"], trustedOrigins: ["https://app.example.com"] })
  const { wan } = server

  it("reach their projects and actions only, and only from their pages", async () => {
    const mine = await wan.projects.create({ name: "mine" })
    const other = await wan.projects.create({ name: "other" })
    const origins = ["https://app.example.com"]
    const token = wan.tokens.mint({ principal: { id: "ada" }, projects: [mine.id], origins })
    const get = (path: string, headers: Record<string, string> = {}) =>
      server.api("GET", path, { headers: { ...bearer(token), ...headers } })
    expect((await get(`/projects/${mine.id}`)).status).toBe(200)
    expect((await get(`/projects/${other.id}`)).status).toBe(404)
    expect((await (await get("/projects")).json()).items.map(({ id }: { id: string }) => id)).toEqual([mine.id])
    expect((await get("/keys")).status).toBe(403)
    const change = { body: { description: "x" }, headers: bearer(token) }
    expect((await server.api("PATCH", `/projects/${mine.id}`, change)).status).toBe(403)
    expect((await get(`/projects/${mine.id}`, { origin: origins[0]! })).status).toBe(200)
    expect((await get(`/projects/${mine.id}`, { origin: "http://localhost:8080" })).status).toBe(403)
    expect((await server.api("GET", "/projects", { headers: bearer(`${token}x`) })).status).toBe(401)
  })
})

describe("a host's own functions", () => {
  const seen: Array<AuthRequest> = []
  const server = start({
    auth: {
      authenticate: async (request) => {
        seen.push(request)
        const id = request.headers.get("X-User")
        return id === null ? null : { id }
      },
      authorize: async ({ id }, action, resource) =>
        id === "root" || (action.endsWith(".read") && (resource.kind === "server" || "entity" in resource)),
      scope: async ({ id }) => (id === "root" ? "all" : { entities: [id] })
    }
  })
  const as = (id: string) => ({ headers: { "x-user": id } })

  it("decide who may do what, and which rows lists show", async () => {
    const ada = await server.wan.projects.create({ name: "p", entity: "ada" })
    const bob = await server.wan.projects.create({ name: "p", entity: "bob" })
    expect((await server.api("GET", "/projects")).status).toBe(401)
    expect((await server.json("GET", "/projects", as("ada"))).items.map(({ id }: { id: string }) => id)).toEqual([
      ada.id
    ])
    expect((await server.json("GET", "/projects", as("root"))).items.length).toBe(2)
    expect((await server.api("GET", `/projects/${bob.id}`, as("ada"))).status).toBe(404)
    expect((await server.api("DELETE", `/projects/${ada.id}`, as("ada"))).status).toBe(403)
    expect((await server.api("DELETE", `/projects/${bob.id}`, as("ada"))).status).toBe(404)
    expect(seen[0]?.url).toBe("/api/v1/projects")
    expect(seen[0]?.raw).toBeInstanceOf(Request)
  })

  it("are asked for run.update on the run that a call continues", async () => {
    const asked: Array<string> = []
    const own = start({
      auth: {
        authenticate: async (request) => ({ id: request.headers.get("x-user") ?? "ada" }),
        authorize: async ({ id }, action, resource) => {
          if (action === "run.update" && resource.kind === "run") asked.push(resource.run)
          return id === "ada" || action !== "run.update"
        }
      }
    })
    const { id: project } = await own.wan.projects.create({ name: "p" })
    const create = (id: string, body: object) =>
      own.api("POST", `/projects/${project}/runs`, { ...as(id), body: { slug: "nightly", ...body } })
    const made = await (await create("eve", { resume: "allow", notes: "first" })).json()
    expect(asked).toEqual([])
    for (const resume of ["allow", "must"]) {
      expect((await create("eve", { resume, notes: "taken over" })).status).toBe(403)
    }
    expect((await own.wan.runs.get(made.id)).notes).toBe("first")
    expect((await create("ada", { resume: "allow", notes: "second" })).status).toBe(200)
    expect(asked).toEqual([made.id, made.id, made.id])
  })

  it("stand beside keys for training jobs", async () => {
    const { key } = await server.wan.keys.create({ role: "ingest" })
    expect((await server.api("GET", "/auth/me", { headers: bearer(key) })).status).toBe(200)
  })

  it("that throw are the host's trouble and answer 500 without words", async () => {
    const broken = start({
      auth: {
        authenticate: () => {
          throw new Error("database password is hunter2")
        }
      }
    })
    const response = await broken.api("GET", "/projects")
    expect([response.status, await response.text()]).toMatchObject([500, expect.not.stringContaining("hunter2")])
    expect(broken.troubles.length).toBe(1)
  })
})
