import type { Role } from "@wanllmdb/core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { roleActions } from "../src/auth/roleActions.ts"
import { allRoutes, keysAuth, type Route } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer({ auth: keysAuth() })
const keys = new Map<Role | "narrow", string>()
let ours = { project: "", run: "" }
let other = { project: "", run: "" }

const roles: ReadonlyArray<Role> = ["admin", "member", "viewer", "ingest"]

beforeAll(async () => {
  const { wan } = server
  for (const [slug, keep] of [
    ["ours", (value: typeof ours) => (ours = value)],
    ["other", (value: typeof ours) => (other = value)]
  ] as const) {
    const project = await wan.projects.create({ name: slug })
    const { run } = await wan.runs.create({ project: project.id })
    keep({ project: project.id, run: run.id })
  }
  for (const role of roles) keys.set(role, (await wan.keys.create({ role })).key)
  keys.set("narrow", (await wan.keys.create({ role: "admin", projects: [ours.project] })).key)
})
afterAll(() => server.wan.close())

const bodies: Readonly<Record<string, unknown>> = {
  "projects.create": { name: "made" },
  "projects.update": { description: "d" },
  "runs.update": { notes: "n" },
  "runs.finish": { state: "finished" },
  "runs.setConfig": { a: 1 },
  "runs.addTags": { tags: ["t"] },
  "runs.rewind": { step: 1 },
  "runs.bulk": { op: "addTags", runs: [], tags: ["t"] },
  "metrics.append": { rows: [{ step: 1, values: { a: 1 } }] },
  "metrics.keyset": { keys: ["a"] },
  "metrics.define": { name: "a" },
  "metrics.series": { runs: [], keys: [] },
  "logs.append": { lines: [{ text: "x" }] },
  "auth.openSession": { key: "unknown" }
}

const call = async (route: Route, target: typeof ours, key: string | null, extra: Record<string, string> = {}) => {
  const path = route.path
    .replace("{project}", target.project)
    .replace("{run}", target.run)
    .replace(/\{\w+(\.\.\.)?\}/g, "x")
  const query = {
    "metrics.buckets": "?key=a",
    "metrics.points": "?key=a",
    "metrics.deleteKey": "?key=a",
    "files.put": "?path=x"
  }
  const body = bodies[route.id] ?? (route.bodyKind === "stream" ? new Uint8Array([1]) : undefined)
  const response = await server.api(route.method, `${path}${query[route.id as keyof typeof query] ?? ""}`, {
    headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...extra },
    ...(body !== undefined && { body: body as object })
  })
  await response.body?.cancel()
  return response.status
}

/** Asked of the entity or project in the body, in the handler. */
const actionOf = (route: Route) => (route.id === "projects.create" ? "project.create" : route.action)

describe.each(allRoutes.map((route) => [route.id, route] as const))("%s", (_, route) => {
  it("answers nobody without a sign-in", async () => {
    const status = await call(route, ours, null)
    if (route.action === "open") expect(status).not.toBe(403)
    else expect(status).toBe(401)
    if (route.action !== "open") expect(await call(route, ours, "not-a-key")).toBe(401)
  })

  it.each(roles)("answers a key with the role %s by what that role may do", async (role) => {
    const action = actionOf(route)
    const status = await call(route, ours, keys.get(role)!)
    if (action === "open" || action === "signedIn" || roleActions[role].has(action)) {
      expect([403, 401]).not.toContain(route.id === "auth.openSession" ? 0 : status)
      expect(status).toBeLessThan(500)
    } else expect(status).toBe(403)
    // What a route deletes is brought back, so that routes may be tried in any order.
    await server.wan.projects.restore(ours.project)
    await server.wan.runs.restore(ours.run)
  })

  it("keeps a key of one project out of others, without saying that they exist", async () => {
    if (route.on === "server") return
    expect(await call(route, other, keys.get("narrow")!)).toBe(404)
    const missing = { project: "0".repeat(32), run: "0".repeat(32) }
    expect(await call(route, missing, keys.get("narrow")!)).toBe(404)
  })

  it("answers no page of another origin, with a key or not", async () => {
    const key = keys.get("admin")!
    expect(await call(route, ours, key, { origin: "https://evil.example" })).toBe(403)
    expect(await call(route, ours, key, { origin: "null" })).toBe(403)
    expect(await call(route, ours, key, { "sec-fetch-site": "cross-site" })).toBe(403)
  })
})
