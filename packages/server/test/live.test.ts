import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import WebSocket from "ws"
import { keysAuth } from "../src/index.ts"
import { type LiveServer, liveServer } from "./liveServer.ts"

let server: LiveServer
beforeAll(async () => {
  server = await liveServer()
})
afterAll(() => server.close())

// biome-ignore lint/suspicious/noExplicitAny: tests look into messages by name
type Message = any

class Socket {
  readonly messages: Array<Message> = []
  readonly socket: WebSocket
  closed: number | null = null

  constructor(url: string, options: WebSocket.ClientOptions = {}) {
    this.socket = new WebSocket(url.replace("http", "ws"), options)
    this.socket.on("message", (data) => this.messages.push(JSON.parse(String(data))))
    this.socket.on("close", (code) => {
      this.closed = code
    })
    this.socket.on("error", () => undefined)
  }

  async opened() {
    await vi.waitFor(() => expect(this.socket.readyState).toBe(WebSocket.OPEN), 5000)
    return this
  }

  send(message: object) {
    this.socket.send(JSON.stringify({ v: 1, ...message }))
  }

  async first(type: string, test: (message: Message) => boolean = () => true): Promise<Message> {
    return vi.waitFor(() => {
      const found = this.messages.find((message) => message.type === type && test(message))
      if (found === undefined) throw new Error(`no ${type} yet in ${JSON.stringify(this.messages)}`)
      return found
    }, 5000)
  }
}

const newRun = async (slug: string) => {
  const { wan } = server
  const project = await wan.projects.ensure("local", slug)
  const { run } = await wan.runs.create({ project: project.id })
  return { project: project.id, run: run.id }
}

const log = (run: string, step: number, value: number | string = step) =>
  server.wan.metrics.append(run, { rows: [{ step, values: { loss: value } }] })

const openSocket = () => new Socket(`${server.url}/api/v1/live`).opened()

describe("a watcher of a run", () => {
  it("hears points, logs, files, the run and media from the moment that it asked", async () => {
    const { run } = await newRun("hears")
    await log(run, 1)
    const socket = await openSocket()
    socket.send({ subscribe: { id: "a", run } })
    await socket.first("ping")
    await log(run, 2, "NaN")
    await server.wan.logs.append(run, [{ text: "hello" }])
    await server.wan.files.put(run, "a.txt", new TextEncoder().encode("x"))
    await server.wan.runs.update(run, { notes: "changed" })
    const points = await socket.first("points")
    expect(points).toMatchObject({ v: 1, id: "a", run, series: { loss: { steps: [2], values: ["NaN"] } } })
    expect(await socket.first("logs")).toMatchObject({ lines: [{ text: "hello", stream: "stdout" }] })
    expect(await socket.first("files")).toMatchObject({ files: [{ path: "a.txt" }] })
    expect(await socket.first("run", (message) => message.run.notes === "changed")).toMatchObject({ run: { id: run } })
    socket.socket.close()
  })

  it("that returns with its cursor misses nothing and gets nothing twice", async () => {
    const { run } = await newRun("returns")
    const first = await openSocket()
    first.send({ subscribe: { id: "a", run, topics: ["points", "logs"] } })
    await first.first("ping")
    await log(run, 1)
    const { cursor } = await first.first("points")
    first.socket.close()
    for (let step = 2; step <= 20; step++) await log(run, step)
    await server.wan.logs.append(run, [{ text: "while away" }])
    const second = await openSocket()
    second.send({ subscribe: { id: "b", run, topics: ["points", "logs"], cursor } })
    await log(run, 21)
    await second.first("logs")
    await second.first("points", ({ series }) => series.loss.steps.includes(21))
    const steps = second.messages.flatMap((message) => (message.type === "points" ? message.series.loss.steps : []))
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => i + 2))
    second.socket.close()
  })

  it("of some keys hears of those alone, and gets at most ten messages a second", async () => {
    const { run } = await newRun("keys")
    const socket = await openSocket()
    socket.send({ subscribe: { id: "a", run, topics: ["points"], keys: ["acc"] } })
    await socket.first("ping")
    const started = performance.now()
    for (let step = 0; step < 300; step++) {
      await server.wan.metrics.append(run, { rows: [{ step, values: { loss: 1, acc: step } }] })
    }
    await socket.first("points", ({ series }) => series.acc.steps.includes(299))
    const seconds = (performance.now() - started) / 1000
    const points = socket.messages.filter(({ type }) => type === "points")
    expect(points.every(({ series }) => Object.keys(series).join() === "acc")).toBe(true)
    expect(points.length).toBeLessThanOrEqual(seconds * 10 + 2)
    expect(points.flatMap(({ series }) => series.acc.steps).length).toBe(300)
    socket.socket.close()
  })

  it("is told to read again after a rewind", async () => {
    const { run } = await newRun("rewinds")
    await log(run, 1)
    const socket = await openSocket()
    socket.send({ subscribe: { id: "a", run, topics: ["points"], cursor: "p0" } })
    await socket.first("points")
    await server.wan.runs.rewind(run, 0)
    await log(run, 1, 9)
    await socket.first("reset")
    socket.socket.close()
  })
})

describe("a watcher whose cursor this store never gave", () => {
  const far = Number.MAX_SAFE_INTEGER
  it.each([
    ["points", "p"],
    ["logs", "l"],
    ["files", "f"],
    ["run", "r"]
  ])("of %s is told to read again, with a cursor that holds", async (topic, part) => {
    const { run } = await newRun(`future-${topic}`)
    const socket = await openSocket()
    socket.send({ subscribe: { id: "a", run, topics: [topic], cursor: `${part}${far}` } })
    const { cursor } = await socket.first("reset")
    socket.send({ subscribe: { id: "b", run, topics: [topic], cursor } })
    expect(await socket.first("ping", ({ id }) => id === "b")).toMatchObject({ cursor })
    await log(run, 1)
    await server.wan.logs.append(run, [{ text: "x" }])
    await server.wan.files.put(run, "x", new Uint8Array([1]))
    await server.wan.runs.update(run, { notes: "x" })
    for (const id of ["a", "b"]) await socket.first(topic, (message) => message.id === id)
    expect(socket.messages.filter(({ type }) => type === "error")).toEqual([])
    socket.socket.close()
  })

  it("of a project is told to read again, with a cursor that holds", async () => {
    const { project, run } = await newRun("future-runs")
    const socket = await openSocket()
    socket.send({ subscribe: { id: "a", project, cursor: `s${far}` } })
    const { cursor } = await socket.first("reset")
    await server.wan.runs.update(run, { notes: "x" })
    expect((await socket.first("runs")).runs[0].id).toBe(run)
    socket.send({ subscribe: { id: "b", project, cursor } })
    await socket.first("runs", ({ id }) => id === "b")
    socket.socket.close()
  })
})

describe("a watcher of a project", () => {
  it("hears of new and changed runs from the cursor of its list", async () => {
    const { project } = await newRun("list")
    const page = await (await fetch(`${server.url}/api/v1/projects/${project}/runs`)).json()
    const { run } = await server.wan.runs.create({ project, name: "late" })
    const socket = await openSocket()
    socket.send({ subscribe: { id: "p", project, topics: ["runs"], cursor: page.cursor } })
    const runs = await socket.first("runs")
    expect(runs.runs.map(({ id }: { id: string }) => id)).toEqual([run.id])
    socket.socket.close()
  })

  it("sees only what its scope shows", async () => {
    const scoped = await liveServer({
      auth: {
        authenticate: (request) => ({ id: request.headers.get("x-user") ?? "none" }),
        scope: ({ id }) => ({ entities: [id] })
      }
    })
    const project = await scoped.wan.projects.ensure("ada", "secret")
    const socket = await new Socket(`${scoped.url}/api/v1/live`, { headers: { "x-user": "bob" } }).opened()
    socket.send({ subscribe: { id: "p", project: project.id } })
    expect(await socket.first("error")).toMatchObject({ id: "p", problem: { status: 404 } })
    const allowed = await new Socket(`${scoped.url}/api/v1/live`, { headers: { "x-user": "ada" } }).opened()
    allowed.send({ subscribe: { id: "p", project: project.id } })
    await allowed.first("ping")
    await scoped.close()
  })
})

describe("a socket", () => {
  it("that says nonsense hears what is wrong and stays", async () => {
    const socket = await openSocket()
    socket.socket.send("{")
    socket.socket.send(JSON.stringify({ subscribe: { id: "a", run: "x", topics: ["nope"] } }))
    socket.send({ subscribe: { id: "b" } })
    socket.send({ subscribe: { id: "c", run: "0".repeat(32) } })
    socket.socket.send(Buffer.from([1, 2, 3]))
    await vi.waitFor(() => expect(socket.messages.length).toBe(5), 5000)
    expect(socket.messages.map(({ problem }) => problem.status)).toEqual([400, 404, 400, 404, 400])
    const { run } = await newRun("stays")
    socket.send({ subscribe: { id: "d", run, cursor: "zzz" } })
    expect(await socket.first("error", ({ id }) => id === "d")).toMatchObject({
      problem: { errors: [{ path: "subscribe.cursor" }] }
    })
    socket.socket.close()
  })

  it("of another origin or through a proxy is refused before it opens", async () => {
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }]) {
      const socket = new Socket(`${server.url}/api/v1/live`, { headers })
      await vi.waitFor(() => expect(socket.closed).not.toBeNull(), 5000)
      expect(socket.messages).toEqual([])
    }
  })

  it("opens with a ticket once", async () => {
    const keyed = await liveServer({ auth: keysAuth() })
    const { key } = await keyed.wan.keys.create({ role: "viewer" })
    const project = await keyed.wan.projects.create({ name: "t" })
    const made = await fetch(`${keyed.url}/api/v1/live/tickets`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` }
    })
    const { ticket } = await made.json()
    const first = await new Socket(`${keyed.url}/api/v1/live?ticket=${ticket}`).opened()
    first.send({ subscribe: { id: "p", project: project.id } })
    await first.first("ping")
    const second = new Socket(`${keyed.url}/api/v1/live?ticket=${ticket}`)
    await vi.waitFor(() => expect(second.closed).not.toBeNull(), 5000)
    expect(second.messages).toEqual([])
    await keyed.close()
  })

  it("may sign in by its first message, and without is closed after five seconds", async () => {
    const keyed = await liveServer({ auth: keysAuth(), secrets: ["s"] })
    const project = await keyed.wan.projects.create({ name: "t" })
    const silent = await new Socket(`${keyed.url}/api/v1/live`).opened()
    silent.send({ subscribe: { id: "p", project: project.id } })
    expect(await silent.first("error")).toMatchObject({ problem: { status: 401 } })
    const token = keyed.wan.tokens.mint({ principal: { id: "ada" }, projects: [project.id] })
    const talking = await new Socket(`${keyed.url}/api/v1/live`).opened()
    talking.send({ signIn: { token } })
    talking.send({ subscribe: { id: "p", project: project.id } })
    await talking.first("ping")
    await vi.waitFor(() => expect(silent.closed).toBe(4401), 8000)
    expect(talking.closed).toBeNull()
    await keyed.close()
    await vi.waitFor(() => expect(talking.closed).toBe(1001), 5000)
  })
})

describe("server-sent events", () => {
  const read = async (response: Response, until: (text: string) => boolean) => {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ""
    while (!until(text)) {
      const { done, value } = await reader.read()
      if (done) break
      text += value
    }
    return { text, cancel: () => reader.cancel() }
  }

  it("carry the same messages and go on from Last-Event-ID", async () => {
    const { run } = await newRun("events")
    const url = `${server.url}/api/v1/runs/${run}/events?topics=points`
    const response = await fetch(url)
    expect(response.headers.get("content-type")).toBe("text/event-stream")
    await log(run, 1)
    const first = await read(response, (text) => text.includes('"points"'))
    await first.cancel()
    const id = [...first.text.matchAll(/^id: (.*)$/gm)].at(-1)![1]!
    await log(run, 2)
    const again = await fetch(url, { headers: { "last-event-id": id } })
    const second = await read(again, (text) => text.includes('"points"'))
    expect(second.text).toContain('"steps":[2]')
    await second.cancel()
  })

  it("end when the server closes, at once", async () => {
    const closing = await liveServer()
    const project = await closing.wan.projects.create({ name: "x" })
    const { run } = await closing.wan.runs.create({ project: project.id })
    const response = await fetch(`${closing.url}/api/v1/runs/${run.id}/events`)
    const ended = read(response, () => false)
    await closing.close()
    expect((await ended).text).toContain('"type":"ping"')
    await closing.wan.close()
    await expect(closing.wan.projects.list()).rejects.toMatchObject({ _tag: "WanllmdbClosed" })
  })
})
