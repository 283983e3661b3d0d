import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { init } from "@wanllmdb/tracker-node"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { runCommand } from "../src/program.ts"
import { openStores } from "../src/serve/openStores.ts"
import { resolveServeOptions } from "../src/serve/ServeOptions.ts"
import { startServer } from "../src/serve/startServer.ts"

let out = ""
let err = ""

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const folder = (): string => mkdtempSync(join(tmpdir(), "wanllmdb-commands-"))

const wanllmdb = async (...argv: string[]) => {
  out = ""
  err = ""
  const code = await runCommand(argv, "1.2.3")
  return { code, out, err }
}

const serveIn = (data: string, flags: object = {}) =>
  startServer(resolveServeOptions({ data, port: "0", ...flags }, {}))

const offlineRun = async (dir: string, slug: string, points: number): Promise<void> => {
  const run = init({
    mode: "offline",
    dir,
    slug,
    project: "p",
    git: false,
    packages: false,
    systemMetrics: false,
    captureConsole: false,
    onMessage: () => {}
  })
  for (let i = 0; i < points; i++) run.log({ i })
  await run.finish()
}

describe("keys", () => {
  it("are made, listed, narrowed to projects and revoked", async () => {
    const data = folder()
    const server = await serveIn(data)
    const project = await server.wan.projects.create({ name: "p" })
    await server.close()
    const flags = ["--user", "ada", "--name", "laptop", "--role", "viewer", "--expires", "30", "--project", "local:p"]
    const made = await wanllmdb("key", "create", "--data", data, ...flags, "--json")
    expect(made).toMatchObject({ code: 0 })
    const key = JSON.parse(made.out)
    expect(key).toMatchObject({ user: "ada", name: "laptop", role: "viewer", projects: [project.id] })
    const plain = await wanllmdb("key", "create", "--data", data)
    expect(plain.out.trim()).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    expect(plain.err).toContain("only time it is shown")
    const listed = await wanllmdb("key", "list", "--data", data)
    expect(listed.out).toContain("laptop")
    expect(listed.out).not.toContain(key.key)
    expect((await wanllmdb("key", "revoke", key.id, "--data", data)).code).toBe(0)
    expect(await wanllmdb("key", "revoke", key.id, "--data", data)).toMatchObject({ code: 1 })
    expect((await wanllmdb("key", "create", "--data", data, "--project", "local:none")).code).toBe(1)
  })
})

describe("sync and verify", () => {
  it("send an offline run and find it whole", async () => {
    const [data, spool] = [folder(), folder()]
    await offlineRun(spool, "one", 50)
    const server = await serveIn(data)
    const sent = await wanllmdb("sync", spool, "--url", server.address, "--clean")
    expect(sent).toMatchObject({ code: 0 })
    expect(sent.out).toMatch(/one +p +sent +\d+ +50 /)
    expect((await wanllmdb("sync", spool, "--url", server.address)).out).toContain("No runs")
    await server.close()
    expect((await wanllmdb("verify", "--data", data)).out).toMatch(/50 +none/)
    const verified = await wanllmdb("verify", "--data", data, "--run", "local:p:one", "--json")
    expect(JSON.parse(verified.out)).toMatchObject([{ points: 50, faults: [] }])
    expect((await wanllmdb("verify", "--data", data, "--run", "local:p:none")).code).toBe(1)
  })

  it("end with 1 when a run could not be sent, and say why", async () => {
    const [data, spool] = [folder(), folder()]
    await offlineRun(spool, "two", 5)
    const server = await serveIn(data, { auth: "keys" })
    const sent = await wanllmdb("sync", spool, "--url", server.address)
    await server.close()
    expect(sent).toMatchObject({ code: 1 })
    expect(sent.out).toContain("401")
    expect(sent.err).toContain("1 of 1 runs could not be sent")
  })
})

describe("maintenance", () => {
  it("finds a sound installation sound, and a server that does not answer", async () => {
    const data = folder()
    expect(await wanllmdb("doctor", "--data", data)).toMatchObject({ code: 0, err: "" })
    expect(out).toContain("Time of a durable write")
    vi.stubEnv("WANLLMDB_URL", "http://127.0.0.1:9")
    const faulty = await wanllmdb("doctor", "--data", data, "--json")
    vi.unstubAllEnvs()
    expect(faulty.code).toBe(1)
    expect(JSON.parse(faulty.out).find((check: { name: string }) => check.name === "Server")).toMatchObject({
      ok: false
    })
  })

  it("migrates", async () => {
    const data = folder()
    expect((await wanllmdb("migrate", "--data", data)).out).toContain("up to date")
    expect(JSON.parse((await wanllmdb("migrate", "--data", data, "--plan", "--json")).out)).toEqual([])
    expect((await wanllmdb("migrate", "--data", data, "--sql")).out.toLowerCase()).toContain("create table")
  })

  it("takes stores by path and by file address", () => {
    const data = folder()
    const stores = openStores({ data, database: `file:${data}/a.db`, blobs: `file://${data}/b` })
    expect(stores.storage.describe().file).toBe(join(data, "a.db"))
    expect(stores.blobs.describe().dir).toContain("b")
    expect(
      openStores({ data, database: join(data, "c.db"), blobs: join(data, "d") }).storage.describe().file
    ).toContain("c.db")
  })
})

describe("serve", () => {
  it("prints one line when it accepts requests, and ends on SIGTERM", async () => {
    const before = process.listeners("SIGTERM")
    const ended = wanllmdb("serve", "--data", folder(), "--port", "0", "--auth", "keys")
    await vi.waitFor(() => expect(out).toMatch(/^wanLLMDB ready at http:\/\/127\.0\.0\.1:\d+$/m), 10_000)
    await vi.waitFor(() => expect(out).toContain("/login?code="), 10_000)
    const added = process.listeners("SIGTERM").find((listener) => !before.includes(listener))
    added?.("SIGTERM")
    expect(await ended).toMatchObject({ code: 0 })
  })

  it("answers pages and API under a prefix, and frees everything when the port is taken", async () => {
    const server = await serveIn(folder(), { basePath: "/ml" })
    expect((await fetch(`${server.address}/api/v1/projects`)).status).toBe(200)
    expect((await fetch(`${server.address}/local/p`)).headers.get("content-type")).toContain("html")
    const { port } = new URL(server.address)
    await expect(serveIn(folder(), { port })).rejects.toThrow("is taken")
    await server.close()
  })
})
