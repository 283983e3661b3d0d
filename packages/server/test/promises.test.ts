import { FrameBuilder } from "@wanllmdb/core/metric"
import { afterAll, describe, expect, it, vi } from "vitest"
import type { LiveSocket } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer()
const { wan } = server
afterAll(() => wan.close())

const collect = async <A>(items: AsyncIterable<A>): Promise<Array<A>> => {
  const all: Array<A> = []
  for await (const item of items) all.push(item)
  return all
}

const text = (value: string) => new TextEncoder().encode(value)

describe("the promises", () => {
  it("do everything that HTTP does, and reject with the tagged errors themselves", async () => {
    const project = await wan.projects.ensure("local", "promises")
    expect((await wan.projects.ensure("local", "promises")).id).toBe(project.id)
    expect((await wan.projects.update(project.id, { description: "d" })).description).toBe("d")
    expect((await wan.projects.list({ search: "promises" })).items.length).toBe(1)
    await wan.projects.delete(project.id)
    await wan.projects.restore(project.id)
    expect((await wan.projects.get("local:promises")).deletedAt).toBeNull()
    await expect(wan.projects.get("local:nothing")).rejects.toMatchObject({ _tag: "ProjectNotFound" })
    await expect(wan.projects.get("local:nothing")).rejects.toBeInstanceOf(Error)

    const { run } = await wan.runs.create({ project: "local:promises", slug: "r", config: { a: 1 } })
    const ref = "local:promises:r"
    await expect(wan.runs.create({ project: project.id, slug: "r" })).rejects.toMatchObject({ _tag: "RunSlugTaken" })
    expect((await wan.runs.setConfig(ref, { b: 2 })).config).toEqual({ a: 1, b: 2 })
    expect((await wan.runs.configVersions(ref)).length).toBe(2)
    expect((await wan.runs.addTags(ref, ["t"])).tags).toEqual(["t"])
    expect((await wan.runs.removeTag(ref, "t")).tags).toEqual([])
    expect((await wan.runs.pause(ref)).state).toBe("paused")
    expect((await wan.runs.resume(ref)).state).toBe("running")
    expect((await wan.runs.stop(ref)).stopRequested).toBe(true)
    expect(await wan.runs.heartbeat(ref)).toEqual({ stopRequested: true })
    expect((await wan.runs.search({ project: project.id, filter: "config.a=1" })).total).toBe(1)
    expect(await wan.runs.fields(project.id, "config.")).toEqual(["config.a", "config.b"])
    await wan.runs.bulk({ op: "group", runs: [run.id], group: "g" })
    expect((await wan.runs.get(ref)).group).toBe("g")
    await wan.runs.delete(ref)
    await wan.runs.restore(ref)
    expect((await wan.runs.finish(ref, { state: "finished" })).state).toBe("finished")

    const builder = new FrameBuilder()
    for (let step = 0; step < 10; step++) builder.add(step, step, { loss: step })
    expect(await wan.metrics.append(ref, builder.take(), { writer: "w", sequence: 1 })).toMatchObject({ accepted: 10 })
    await wan.metrics.define(ref, { name: "loss", summary: "min" })
    expect(await wan.metrics.definitions(ref)).toEqual([{ name: "loss", summary: "min" }])
    expect((await wan.metrics.keys(ref)).map(({ key }) => key)).toEqual(["loss"])
    const [series] = await collect(wan.metrics.buckets({ series: [{ run: run.id, key: "loss" }] }))
    expect(series?.count.length).toBe(10)
    const [points] = await collect(wan.metrics.points({ run: run.id, key: "loss" }))
    expect(points?.steps.length).toBe(10)
    expect((await wan.metrics.verify(ref)).faults).toEqual([])
    await wan.metrics.deleteKey(ref, "loss")
    expect(await wan.metrics.keys(ref)).toEqual([])
    expect((await wan.runs.rewind(ref, 3)).segment).toBe(1)

    await wan.logs.append(ref, [{ text: "one" }, { text: "two" }])
    expect((await wan.logs.read(ref, { search: { text: "TWO" } })).lines.map((line) => line.text)).toEqual(["two"])
    expect((await collect(wan.logs.lines(ref))).flat().length).toBe(2)

    async function* body() {
      yield text("a")
      yield text("b")
    }
    expect((await wan.files.put(ref, "x.txt", body())).sizeBytes).toBe(2)
    expect((await wan.files.list(ref)).map(({ path }) => path)).toEqual(["x.txt"])
    expect(Buffer.concat(await collect(wan.files.read(ref, "x.txt"))).toString()).toBe("ab")
    await wan.files.delete(ref, "x.txt")

    const { apiKey } = await wan.keys.create({ name: "k" })
    expect((await wan.keys.list()).map(({ id }) => id)).toContain(apiKey.id)
    await wan.keys.revoke(apiKey.id)
    expect([await wan.migrations.plan(), await wan.migrations.run(), await wan.migrations.sql()]).toEqual([[], [], ""])
  })
})

describe("a socket that the host accepted", () => {
  const fakeSocket = () => {
    const listeners = new Map<string, (event: { readonly data: unknown }) => void>()
    const sent: Array<string> = []
    const closed = vi.fn()
    const socket: LiveSocket = {
      send: (data) => void sent.push(data),
      close: closed,
      addEventListener: (type: string, listener: (event: { readonly data: unknown }) => void) =>
        void listeners.set(type, listener)
    }
    return {
      socket,
      sent,
      closed,
      receive: (data: object) => listeners.get("message")?.({ data: JSON.stringify(data) })
    }
  }

  it("is served from a web Request, and refused by the same rules", async () => {
    const { project } = await server.projectAndRun("sockets")
    const { receive, sent, socket } = fakeSocket()
    await wan.connect(socket, new Request("http://localhost/api/v1/live"), "127.0.0.1")
    receive({ subscribe: { id: "a", project } })
    await vi.waitFor(() => expect(sent.join()).toContain('"type":"ping"'))
    const foreign = fakeSocket()
    const request = new Request("http://localhost/api/v1/live", { headers: { origin: "https://evil.example" } })
    await wan.connect(foreign.socket, request, "127.0.0.1")
    expect(foreign.closed).toHaveBeenCalledWith(4403, expect.stringContaining("evil.example"))
  })
})

describe("answers in other forms", () => {
  it("are CSV, binary columns and one JSON object a line", async () => {
    const { project, run } = await server.projectAndRun("forms")
    const rows = [1, 2, 3].map((step) => ({
      step,
      timeMs: step,
      values: { loss: step / 2 },
      texts: { note: `a,"${step}"` }
    }))
    await server.json("POST", `/runs/${run}/metrics`, { body: { rows } })
    const csv = await server.api("GET", `/runs/${run}/metrics/points?key=note`, { headers: { accept: "text/csv" } })
    expect(await csv.text()).toBe('step,timeMs,value\r\n1,1,"a,""1"""\r\n2,2,"a,""2"""\r\n3,3,"a,""3"""\r\n')
    expect(csv.headers.get("wanllmdb-kind")).toBe("text")
    const accept = "application/vnd.wanllmdb.columns"
    const binary = await server.api("GET", `/runs/${run}/metrics/buckets?key=loss`, { headers: { accept } })
    expect(binary.headers.get("content-type")).toBe(accept)
    const body = { runs: [run], keys: ["loss", "none"] }
    const lines = await (await server.api("POST", `/projects/${project}/metrics/buckets`, { body })).text()
    const series = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(series.map(({ count, key }) => [key, count.length])).toEqual([
      ["loss", 3],
      ["none", 0]
    ])
    const other = await server.projectAndRun("forms-other")
    const wrong = await server.api("POST", `/projects/${other.project}/metrics/buckets`, { body })
    expect(await wrong.json()).toMatchObject({
      status: 404,
      type: "urn:wanllmdb:problem:run-not-found"
    })
  })
})
