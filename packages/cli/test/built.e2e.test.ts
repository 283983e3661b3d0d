/** The command as it is published: every test starts the built files, never the sources. */
import { execFile } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { api, folder, serve, wanllmdb } from "./builtServer.ts"

const tracker = new URL("../../tracker-node/dist/index.js", import.meta.url).href

describe("the built command", () => {
  it("serves, keeps a run over a restart, and ends with 0 on SIGTERM", async () => {
    const data = join(folder(), "data")
    const first = await serve("--data", data)
    expect(statSync(data).mode & 0o777).toBe(0o700)
    expect((await fetch(`${first.url}/health`)).status).toBe(200)
    expect((await api(first.url, "POST", "/projects", { name: "p" })).status).toBe(201)
    const run = (await api(first.url, "POST", "/projects/local:p/runs", { slug: "r" })).body
    const rows = Array.from({ length: 100 }, (_, step) => ({ step, values: { loss: 1 / (step + 1) } }))
    expect((await api(first.url, "POST", `/runs/${run.id}/metrics`, { rows })).body).toMatchObject({ accepted: 100 })
    // An open live stream must not hold the end up.
    const live = await fetch(`${first.url}/api/v1/runs/${run.id}/events`)
    first.child.kill("SIGTERM")
    expect(await first.ended).toBe(0)
    await live.body?.cancel().catch(() => undefined)

    const second = await serve("--data", data)
    const points = await api(second.url, "GET", `/runs/local:p:r/metrics/points?key=loss`)
    expect(String(points.body).trim().split("\n")).toHaveLength(100)
    const page = await fetch(`${second.url}/`, { headers: { accept: "text/html" } })
    expect(page.status).toBe(200)
    expect(page.headers.get("content-type")).toContain("text/html")
    second.child.kill("SIGTERM")
    expect(await second.ended).toBe(0)
    expect((await wanllmdb("verify", "--data", data, "--json")).out).toContain('"points": 100')
  })

  it("makes, lists and revokes keys that the server takes", async () => {
    const data = folder()
    const made = await wanllmdb("key", "create", "--data", data, "--user", "ada", "--json")
    expect(made.code).toBe(0)
    const { key, id } = JSON.parse(made.out)
    expect(key).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    const server = await serve("--data", data, "--auth", "keys")
    expect((await api(server.url, "GET", "/projects")).status).toBe(401)
    expect((await api(server.url, "GET", "/projects", undefined, { key })).status).toBe(200)
    server.child.kill("SIGTERM")
    await server.ended
    expect(JSON.parse((await wanllmdb("key", "list", "--data", data, "--json")).out)).toMatchObject([
      { id, user: "ada" }
    ])
    expect((await wanllmdb("key", "revoke", id, "--data", data)).code).toBe(0)
    expect((await wanllmdb("key", "revoke", id, "--data", data)).code).toBe(1)
    expect((await wanllmdb("key", "list", "--data", data)).out).toContain("No keys")
  })

  it("prints a sign-in link in keys mode while there are no keys", async () => {
    const server = await serve("--data", folder(), "--auth", "keys")
    for (let i = 0; i < 100 && !server.output().includes("Sign in"); i++) await new Promise((r) => setTimeout(r, 20))
    const link = /http:\S+\/login\?code=\S+/.exec(server.output())?.[0]
    expect(link).toBeDefined()
    const answer = await fetch(link!, { redirect: "manual" })
    expect(answer.headers.getSetCookie().join()).not.toBe("")
  })

  it("serves under a prefix", async () => {
    const server = await serve("--data", folder(), "--base-path", "/ml")
    expect(server.url.endsWith("/ml")).toBe(true)
    expect((await api(server.url, "GET", "/projects")).status).toBe(200)
  })

  it("sends an offline run of the built tracker, twice without doubles", async () => {
    const [spool, server] = [folder(), await serve("--data", folder())]
    const program = `import { init } from ${JSON.stringify(tracker)}
const run = init({ project: "e2e", slug: "off", systemMetrics: false, captureConsole: false })
for (let i = 0; i < 500; i++) run.log({ i })
await run.finish()`
    await new Promise<void>((resolve, reject) => {
      const env = { ...process.env, WANLLMDB_MODE: "offline", WANLLMDB_DIR: spool }
      execFile(process.execPath, ["--input-type=module", "-e", program], { env }, (error) =>
        error === null ? resolve() : reject(error)
      )
    })
    for (const points of [500, 0]) {
      const sent = await wanllmdb("sync", spool, "--url", server.url, "--json")
      expect(sent.code).toBe(0)
      expect(JSON.parse(sent.out)).toMatchObject([{ outcome: "sent", points }])
    }
    const run = (await api(server.url, "GET", "/runs/local:e2e:off")).body
    expect(run).toMatchObject({ state: "finished" })
    const points = await api(server.url, "GET", `/runs/${run.id}/metrics/points?key=i&repeats=all`)
    expect(String(points.body).trim().split("\n")).toHaveLength(500)
  })

  it("answers doctor and migrate", async () => {
    const data = folder()
    const doctor = await wanllmdb("doctor", "--data", data, "--json")
    expect(doctor.err).toBe("")
    expect(doctor.code).toBe(0)
    expect(JSON.parse(doctor.out).every((check: { ok: boolean }) => check.ok)).toBe(true)
    expect((await wanllmdb("migrate", "--data", data, "--plan")).out).toContain("up to date")
    expect((await wanllmdb("migrate", "--data", data, "--sql")).out.toLowerCase()).toContain("create table")
  })

  it("refuses local mode on an open address", async () => {
    const refused = await wanllmdb("serve", "--host", "0.0.0.0", "--auth", "local")
    expect(refused.code).toBe(2)
    expect(refused.err).toContain("loopback")
  })
})
