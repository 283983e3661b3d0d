import { createClient, type LiveMessage, ProblemError, type WanllmdbClient } from "@wanllmdb/core/client"
import { FrameBuilder } from "@wanllmdb/core/metric"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import WebSocket from "ws"
import { allRoutes, keysAuth } from "../src/index.ts"
import { type LiveServer, liveServer } from "./liveServer.ts"

let server: LiveServer
let client: WanllmdbClient
beforeAll(async () => {
  server = await liveServer({ basePath: "/ml" })
  client = createClient({ baseUrl: server.url, WebSocket: WebSocket as never })
})
afterAll(async () => {
  client.close()
  await server.close()
})

/** Reached in another way, or not from programs at all. */
const elsewhere: Readonly<Record<string, string>> = {
  "runs.list": "runs.search asks the same by body",
  "runs.config": "runs.get has the config",
  "runs.rewind": "protocols rewind",
  "runs.events": "live",
  "projects.events": "live",
  "live.ticket": "live",
  "metrics.keyset": "writers of frames in other languages; this client's frames name their keys",
  "metrics.buckets": "metrics.series asks for many at once",
  "metrics.definitions": "metrics.keys has them",
  "metrics.deleteKey": "a person's doing, by curl",
  "auth.me": "the web app's",
  "auth.openSession": "the web app's",
  "auth.closeSession": "the web app's"
}

describe("the client", () => {
  it("has a method for every route, which calls that route's method and address", async () => {
    const calls: Array<string> = []
    const recorder = createClient({
      baseUrl: "http://h",
      fetch: async (url, init) => {
        calls.push(`${init?.method} ${new URL(String(url)).pathname}`)
        return new Response(JSON.stringify({ items: [] }), { headers: { "content-type": "application/json" } })
      }
    })
    const args: Readonly<Record<string, ReadonlyArray<unknown>>> = {
      "runs.removeTag": ["r", "t"],
      "files.put": ["r", "p", new Uint8Array()],
      "files.get": ["r", "p"],
      "files.delete": ["r", "p"],
      "projects.list": [{}],
      "projects.create": [{ name: "n" }],
      "keys.list": [],
      "keys.create": [{}],
      "keys.delete": ["k"]
    }
    for (const route of allRoutes) {
      if (elsewhere[route.id] !== undefined) continue
      const [group, verb] = route.id.split(".") as [keyof WanllmdbClient, string]
      const method = (recorder[group] as unknown as Record<string, (...given: ReadonlyArray<unknown>) => unknown>)[verb]
      expect(method, route.id).toBeTypeOf("function")
      calls.length = 0
      const first = route.path.startsWith("/projects/") ? "p" : "r"
      const answer = method!(...(args[route.id] ?? [first, {}]))
      if (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer) {
        await (answer as AsyncIterable<unknown>)
          [Symbol.asyncIterator]()
          .next()
          .catch(() => undefined)
      } else await answer
      const path = route.path
        .replace("{project}", "p")
        .replace("{run}", "r")
        .replace("{tag}", "t")
        .replace("{id}", "k")
        .replace("{path...}", "p")
      expect(calls, route.id).toEqual([`${route.method} /api/v1${path}`])
    }
  })

  it("logs, reads series and points, exactly", async () => {
    const project = await client.projects.create({ name: "Client" })
    const run = await client.runs.create(project.id, { name: "first", config: { lr: 0.1 } })
    const builder = new FrameBuilder()
    for (let step = 0; step < 500; step++)
      builder.add(step, 1000 + step, { loss: 1 / (step + 1), odd: step % 2 ? Number.NaN : -0 })
    const frame = builder.take()
    const sent = { writer: "w1", sequence: 1 }
    expect(await client.metrics.append(run.id, frame, sent)).toMatchObject({ accepted: 1000, duplicate: false })
    expect(await client.metrics.append(run.id, frame, sent)).toMatchObject({ accepted: 1000, duplicate: true })
    await expect(client.metrics.append(run.id, frame, { writer: "w1", sequence: 5 })).rejects.toMatchObject({
      status: 409,
      problem: { expected: 2 }
    })
    const keys = await client.metrics.keys(run.id)
    expect(keys.items.map(({ count, key }) => [key, count])).toEqual([
      ["loss", 500],
      ["odd", 500]
    ])
    const series = []
    for await (const each of client.metrics.series(project.id, {
      runs: [run.id],
      keys: ["loss", "odd"],
      buckets: 100
    })) {
      series.push(each)
    }
    expect(series.map(({ key }) => key)).toEqual(["loss", "odd"])
    expect(series[0]!.count.reduce((a, b) => a + b)).toBe(500)
    expect(series[1]!.nan.reduce((a, b) => a + b)).toBe(250)
    const values: Array<number> = []
    for await (const batch of client.metrics.points(run.id, { key: "odd" }))
      values.push(...(batch.values as Float64Array))
    expect(values.length).toBe(500)
    expect(values.filter(Number.isNaN).length).toBe(250)
    expect(Object.is(values[0], -0)).toBe(true)
  })

  it("handles runs, logs, files and keys", async () => {
    const project = await client.projects.create({ name: "Things" })
    const run = await client.runs.create(project.id, { slug: "s1", config: { a: 1 } })
    const ref = "local:things:s1"
    expect((await client.runs.get(ref)).id).toBe(run.id)
    await client.runs.setConfig(ref, { a: 2 })
    expect((await client.runs.configVersions(ref)).length).toBe(2)
    expect((await client.runs.addTags(ref, ["x y", "z"])).tags).toEqual(["x y", "z"])
    expect((await client.runs.removeTag(ref, "x y")).tags).toEqual(["z"])
    expect(await client.runs.heartbeat(ref)).toEqual({ stopRequested: false })
    await client.runs.stop(ref)
    expect(await client.runs.heartbeat(ref)).toEqual({ stopRequested: true })
    await client.logs.append(ref, [{ text: "one" }, { text: "two", level: "warn" }])
    expect((await client.logs.read(ref, { level: ["warn"] })).items.map(({ text }) => text)).toEqual(["two"])
    expect(await (await client.logs.download(ref)).text()).toBe("one\ntwo\n")
    await client.files.put(ref, "dir/ü x.txt", new Blob(["hi"], { type: "text/plain" }))
    expect((await client.files.list(ref)).items.map(({ path }) => path)).toEqual(["dir/ü x.txt"])
    expect(await (await client.files.get(ref, "dir/ü x.txt")).text()).toBe("hi")
    await client.files.delete(ref, "dir/ü x.txt")
    await expect(client.files.get(ref, "dir/ü x.txt")).rejects.toBeInstanceOf(ProblemError)
    await client.runs.finish(ref, { state: "finished", exitCode: 0 })
    const page = await client.runs.search(project.id, { filter: "state:finished", columns: ["config.a"] })
    expect(page).toMatchObject({ total: 1, items: [{ columns: [2] }] })
    expect(await client.runs.fields(project.id, { prefix: "config" })).toContain("config.a")
    const { key, ...made } = await client.keys.create({ role: "viewer" })
    expect(key).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    expect((await client.keys.list()).map(({ id }) => id)).toContain(made.id)
    await client.keys.delete(made.id)
    expect(await client.runs.bulk(project.id, { op: "delete", runs: [run.id, "nope"] })).toMatchObject({
      changed: 1,
      failed: [{ run: "nope" }]
    })
  })

  it("renews a token once for all calls that wait", async () => {
    const keyed = await liveServer({ auth: keysAuth(), secrets: ["s"] })
    const getToken = vi
      .fn<() => Promise<string>>()
      .mockResolvedValueOnce("wle_old.old")
      .mockImplementation(async () => keyed.wan.tokens.mint({ principal: { id: "ada" } }))
    const held = createClient({ baseUrl: keyed.url, getToken, WebSocket: null })
    await Promise.all(Array.from({ length: 5 }, () => held.projects.list()))
    expect(getToken).toHaveBeenCalledTimes(2)
    await keyed.close()
  })
})

describe.each([
  ["a socket", WebSocket as never],
  ["events", null]
])("live over %s", (_, Socket) => {
  it("follows a run and a project, and goes on where it was cut", async () => {
    const own = await liveServer()
    const live = createClient({ baseUrl: own.url, WebSocket: Socket })
    const project = await live.projects.create({ name: "Live" })
    const run = await live.runs.create(project.id, {})
    const heard: Array<LiveMessage> = []
    const statuses: Array<string> = []
    const following = live.live(
      { run: run.id, topics: ["points"] },
      (message) => heard.push(message),
      (status) => statuses.push(status)
    )
    const projectHeard: Array<LiveMessage> = []
    live.live({ project: project.id, topics: ["runs"] }, (message) => projectHeard.push(message))
    await vi.waitFor(() => expect(heard.length + projectHeard.length).toBeGreaterThanOrEqual(2), 5000)
    await live.metrics.append(run.id, { rows: [{ step: 1, values: { loss: 1 } }] })
    await vi.waitFor(() => expect(heard.some(({ type }) => type === "points")).toBe(true), 5000)
    await live.runs.update(run.id, { name: "renamed" })
    await vi.waitFor(() => expect(projectHeard.some(({ type }) => type === "runs")).toBe(true), 5000)
    following.close()
    expect(statuses).toEqual(["connecting", "live", "closed"])
    live.close()
    await own.close()
  })
})

describe("a live connection", () => {
  it("that is cut comes back by itself and misses nothing", async () => {
    const own = await liveServer()
    const sockets: Array<WebSocket> = []
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.push(this)
      }
    }
    const live = createClient({ baseUrl: own.url, WebSocket: Recorded as never })
    const project = await live.projects.create({ name: "Cut" })
    const run = await live.runs.create(project.id, {})
    const steps: Array<number> = []
    const statuses: Array<string> = []
    live.live(
      { run: run.id, topics: ["points"] },
      (message) => {
        if (message.type === "points") steps.push(...(message.series.loss?.steps ?? []))
      },
      (status) => statuses.push(status)
    )
    const log = (step: number) => live.metrics.append(run.id, { rows: [{ step, values: { loss: step } }] })
    await vi.waitFor(() => expect(statuses).toContain("live"), 5000)
    await log(1)
    await vi.waitFor(() => expect(steps).toEqual([1]), 5000)
    sockets[0]!.terminate()
    await log(2)
    await vi.waitFor(() => expect(steps).toEqual([1, 2]), 8000)
    expect(statuses).toEqual(["connecting", "live", "stale", "live"])
    expect(sockets.length).toBe(2)
    live.close()
    await own.close()
  })

  it("that never opens is replaced by events", async () => {
    const own = await liveServer()
    class Broken extends WebSocket {
      constructor(_url: string) {
        super("ws://127.0.0.1:1/")
        this.on("error", () => undefined)
      }
    }
    const live = createClient({ baseUrl: own.url, WebSocket: Broken as never })
    const project = await live.projects.create({ name: "Events" })
    const statuses: Array<string> = []
    live.live(
      { project: project.id, topics: ["runs"] },
      () => undefined,
      (status) => statuses.push(status)
    )
    await vi.waitFor(() => expect(statuses).toContain("live"), 15_000)
    live.close()
    await own.close()
  })

  it("to what is not there is closed", async () => {
    for (const Socket of [WebSocket as never, null]) {
      const own = await liveServer()
      const live = createClient({ baseUrl: own.url, WebSocket: Socket })
      const statuses: Array<string> = []
      live.live(
        { run: "0".repeat(32), topics: ["points"] },
        () => undefined,
        (status) => statuses.push(status)
      )
      await vi.waitFor(() => expect(statuses).toContain("closed"), 5000)
      live.close()
      await own.close()
    }
  })
})
