import { Action } from "@wanllmdb/core"
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import { allRoutes, keysAuth, type MintOptions, type Route } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"

const secret = "s".repeat(40)
const server = new LocalServer({ auth: keysAuth(), secrets: [secret], trustedOrigins: ["https://good.example"] })
let ours = { project: "", run: "" }
let other = { project: "", run: "" }

beforeAll(async () => {
  const make = async (name: string) => {
    const project = await server.wan.projects.create({ name })
    const { run } = await server.wan.runs.create({ project: project.id })
    return { project: project.id, run: run.id }
  }
  ours = await make("ours")
  other = await make("other")
})
afterAll(() => server.wan.close())
afterEach(() => void vi.useRealTimers())

const mint = (options: Partial<MintOptions> = {}): string =>
  server.wan.tokens.mint({ principal: { id: "embed", role: "admin" }, projects: [ours.project], ...options })

const call = async (route: Route, target: typeof ours, token: string, headers: Record<string, string> = {}) => {
  const path = route.path
    .replace("{project}", target.project)
    .replace("{run}", target.run)
    .replace(/\{\w+(\.\.\.)?\}/g, "x")
  const body = route.bodyKind === "none" ? undefined : route.bodyKind === "stream" ? new Uint8Array([1]) : {}
  const response = await server.api(route.method, path, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: body as object })
  })
  await response.body?.cancel()
  return response.status
}

// Signing in by key or cookie is no matter of tokens.
const guarded = allRoutes.filter(({ action }) => action !== "open")

describe.each(guarded.map((route) => [route.id, route] as const))("an embed token on %s", (_, route) => {
  it("may do what its actions say and nothing else", async () => {
    const { action } = route
    if (action !== "signedIn" && action !== "open") {
      expect(await call(route, ours, mint({ actions: Action.literals.filter((other) => other !== action) }))).toBe(403)
      expect(await call(route, ours, mint({ actions: [] }))).toBe(403)
      const byDefault = await call(route, ours, mint())
      if (["project.read", "run.read", "file.read"].includes(action)) expect([401, 403]).not.toContain(byDefault)
      else expect(byDefault).toBe(403)
    }
    if (route.on !== "server" && action !== "signedIn" && action !== "open" && route.method === "GET") {
      expect([401, 403]).not.toContain(await call(route, ours, mint({ actions: [action] })))
    }
  })

  it("sees nothing of other projects, whatever its actions", async () => {
    if (route.on === "server") return
    expect(await call(route, other, mint({ actions: Action.literals }))).toBe(404)
  })

  it("may never do more than its principal's role", async () => {
    const { action } = route
    if (action === "signedIn" || ["project.read", "run.read", "file.read"].includes(action)) return
    const weak = mint({ principal: { id: "e", role: "viewer" }, actions: Action.literals })
    expect(await call(route, ours, weak)).toBe(403)
  })

  it("is refused when it has expired, was altered, or was signed by someone else", async () => {
    const token = mint({ actions: Action.literals, expiresIn: 60 })
    const [payload = "", signature = ""] = [token.slice(0, token.lastIndexOf(".")), token.slice(token.lastIndexOf("."))]
    const flip = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`
    const stranger = new LocalServer({ auth: keysAuth(), secrets: ["t".repeat(40)] })
    const foreign = stranger.wan.tokens.mint({ principal: { id: "e", role: "admin" }, actions: Action.literals })
    await stranger.wan.close()
    for (const broken of [
      flip(payload, payload.length - 3) + signature,
      payload + flip(signature, 5),
      payload,
      `${payload}.`,
      foreign,
      token.slice(0, -1)
    ]) {
      expect(await call(route, ours, broken), broken).toBe(401)
    }
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 })
    expect(await call(route, ours, token)).toBe(401)
  })

  it("is refused on pages of other origins than its own", async () => {
    const token = mint({ actions: Action.literals, origins: ["https://app.example"] })
    expect(await call(route, ours, token, { origin: "https://good.example" })).toBe(403)
    expect(await call(route, ours, token, { origin: "https://evil.example" })).toBe(403)
  })
})

describe("lists under an embed token", () => {
  it("show its projects only", async () => {
    const token = mint()
    const authorization = `Bearer ${token}`
    const list = await (await server.api("GET", "/projects", { headers: { authorization } })).json()
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([ours.project])
  })

  it("are empty for a token of no project", async () => {
    const authorization = `Bearer ${mint({ projects: [] })}`
    const list = await (await server.api("GET", "/projects", { headers: { authorization } })).json()
    expect(list.items).toEqual([])
  })
})
