/** Requests of the real client 0.31, captured and cleaned, against the engine. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { range, TrackerServer } from "./TrackerServer.ts"

interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | { readonly base64: string }
  readonly status: number
  /** The run's id in the answer that was captured; the client sends it back. */
  readonly id?: string
}

const captured = (name: string): ReadonlyArray<Exchange> =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "fixtures", `${name}.json.gz`))).toString())

const bodyOf = ({ body }: Exchange): Buffer =>
  typeof body === "string" ? Buffer.from(body) : Buffer.from(body.base64, "base64")

const project = "captured"

const replay = async (name: string, options: { readonly gzip?: boolean; readonly twice?: boolean } = {}) => {
  const server = new TrackerServer()
  const ids = new Map<string, string>()
  for (const exchange of captured(name)) {
    const { method, path } = exchange
    const isStream = path.endsWith("/file_stream")
    const zip = options.gzip === true && isStream
    const headers = { ...exchange.headers, ...(zip && { "content-encoding": "gzip" }) }
    let sent = bodyOf(exchange)
    for (const [old, id] of ids) if (path === "/graphql") sent = Buffer.from(sent.toString().replaceAll(old, id))
    const body = zip ? gzipSync(sent) : sent
    // A client that got no answer sends the same call again.
    for (let time = 0; time < (options.twice === true && isStream ? 2 : 1); time++) {
      const response = await server.fetch(method, path, { headers, body: body as BodyInit })
      // What is not supported yet says so, and a client goes on.
      if (response.status !== 501) expect([path, response.status]).toEqual([path, exchange.status])
      const id = /"id":"(UnVu[^"]+)"/.exec(await response.text())?.[1]
      if (exchange.id !== undefined && id !== undefined) ids.set(exchange.id, id)
    }
  }
  expect(server.troubles).toEqual([])
  return server
}

describe.each([
  ["once", {}],
  ["with every stream call sent twice", { twice: true }],
  ["with gzip", { gzip: true }]
])("captured calls, %s", (_, options) => {
  it("a job's values, config, console and end arrive", async () => {
    const server = await replay("basics", options)
    const run = await server.held("basics", project)
    expect(run).toMatchObject({
      state: "finished",
      exitCode: 0,
      name: "Basics of it",
      group: "first group",
      jobType: "train",
      notes: "noted",
      config: { lr: 0.1, net: { layers: [1, 2], act: "gelu" }, "odd.key": "Infinity", late: true },
      summary: { mine: 42, "deep.x": 1, loss: 0.02, "best.max": 0.9999118601072672, word: "w49", nan: "NaN" }
    })
    const keys = await server.keys("basics", project)
    for (const key of ["loss", "nested.a", "nested.b.c", "word", "flag", "_runtime"]) expect(keys[key].count).toBe(50)
    expect(keys.nan).toMatchObject({ nan: 33 })
    expect(keys.inf).toMatchObject({ negInf: 1 })
    expect(Object.keys(keys).filter((key) => key.startsWith("system/")).length).toBeGreaterThan(4)
    const texts = (await server.lines("basics", project)).map(({ level, text }) => [level, text])
    expect(texts).toContainEqual([null, "progress 100%"])
    expect(texts).toContainEqual(["error", "to stderr"])
    expect(texts).toContainEqual(["warn", "Careful: loss is low"])
    expect(await server.files("basics", project)).toContain("wandb-metadata.json")
  })

  it("media arrive as records, with their files", async () => {
    const server = await replay("media", options)
    const keys = await server.keys("media", project)
    expect(keys.hist.kind).toBe("histogram")
    const [image] = await server.points("media", "image", project)
    const { path, masks } = image!.value as { path: string; masks: { truth: { path: string } } }
    const files = await server.files("media", project)
    expect(files).toEqual(expect.arrayContaining([path, masks.truth.path]))
    const run = await server.held("media", project)
    expect(Object.keys(run.summary).filter((key) => /_type|sha256/.test(key))).toEqual([])
    const answer = await server.graphql("RunResumeStatus", { project, entity: "local", name: "media" })
    const summary = JSON.parse(answer.data.model.bucket.summaryMetrics)
    expect(summary).toMatchObject({ image: { _type: "image-file" }, hist: { _type: "histogram" }, loss: 0.25 })
  })

  it("a rewound run and a fork show one history", async () => {
    const server = await replay("branches", options)
    const values = async (run: string, key: string) =>
      (await server.points(run, key, project)).map(({ value }) => value)
    expect(await values("trunk", "count")).toEqual([...range(0, 10), ...range(1010, 1015), ...range(15, 18)])
    expect(await values("forked", "count")).toEqual([...range(0, 5), ...range(1005, 1012)])
    expect((await server.held("trunk", project)).summary).toMatchObject({ count: 17, square: 289, only: 14 })
    expect((await server.held("forked", project)).summary).toMatchObject({ count: 1011, square: 16, only: 11 })
    const texts = (await server.lines("trunk", project)).map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(["line 0", "line 19", "branch starts at 10", "line 17"]))
  })

  it("two writers of one run keep their rows and lines apart", async () => {
    const server = await replay("shared", options)
    const keys = await server.keys("both", project)
    expect([keys["own/rank0"].count, keys["own/rank1"].count, keys.both.count]).toEqual([20, 20, 40])
    const lines = await server.lines("both", project)
    expect(lines.filter(({ text }) => / line /.test(text))).toHaveLength(40)
    expect((await server.held("both", project)).config).toEqual({ rank0: true, rank1: true })
  })

  it("a folder that is synced twice is there once", async () => {
    const server = await replay("synced", options)
    expect((await server.points("offline", "count", project)).map(({ value }) => value)).toEqual(range(0, 200))
    expect(await server.lines("offline", project)).toHaveLength(4)
    expect((await server.held("offline", project)).summary).toMatchObject({ done: true, count: 199 })
  })

  it("odd file names come to their kept paths", async () => {
    const server = await replay("files", options)
    const files = await server.files("files", project)
    expect(files).toEqual(expect.arrayContaining(["a%3Ab%2Ac%3F.txt", "%63on.txt", "deep/er/zwölf.txt", "now.txt"]))
  })

  it("compressed bodies hold every row", async () => {
    const server = await replay("gzip", options)
    expect((await server.keys("zipped", project))["layer4/value"].count).toBe(300)
  })
})
