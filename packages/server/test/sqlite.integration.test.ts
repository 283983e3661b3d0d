import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createClient } from "@wanllmdb/core/client"
import { FrameBuilder } from "@wanllmdb/core/metric"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type LiveServer, liveServer } from "./liveServer.ts"

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wanllmdb-server-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (): Promise<LiveServer> =>
  liveServer({ storage: sqlite({ file: join(folder, "wanllmdb.db") }), blobs: fs({ dir: join(folder, "blobs") }) })

const frame = (firstStep: number) => {
  const builder = new FrameBuilder()
  for (let step = firstStep; step < firstStep + 1000; step++)
    builder.add(step, step, { loss: 1 / (step + 1), acc: step })
  return builder.take()
}

describe("a server on SQLite and disk", () => {
  it("has after a restart what it acknowledged before", async () => {
    const first = await start()
    const client = createClient({ baseUrl: first.url, WebSocket: null })
    const project = await client.projects.create({ name: "Kept" })
    const run = await client.runs.create(project.id, { config: { lr: 0.1 } })
    await Promise.all(
      Array.from({ length: 10 }, async (_, writer) => {
        const sent = { writer: `w${writer}` }
        await client.metrics.append(run.id, frame(writer * 2000), { ...sent, sequence: 1 })
        await client.metrics.append(run.id, frame(writer * 2000 + 1000), { ...sent, sequence: 2 })
      })
    )
    await client.logs.append(run.id, [{ text: "kept" }])
    await client.files.put(run.id, "a/b.txt", new Blob(["bytes"]))
    await first.close()

    const second = await start()
    const again = createClient({ baseUrl: second.url, WebSocket: null })
    const repeat = await again.metrics.append(run.id, frame(1000), { writer: "w0", sequence: 2 })
    expect(repeat).toMatchObject({ duplicate: true, accepted: 2000 })
    const keys = await again.metrics.keys(run.id)
    expect(keys.items.map(({ count, key }) => [key, count])).toEqual([
      ["acc", 20_000],
      ["loss", 20_000]
    ])
    const series = []
    for await (const each of again.metrics.series(project.id, { runs: [run.id], keys: ["acc"], buckets: 64 }))
      series.push(each)
    expect(series[0]!.count.reduce((a, b) => a + b)).toBe(20_000)
    expect(series[0]!.max.at(-1)).toBe(19_999)
    expect((await again.logs.read(run.id)).items.map(({ text }) => text)).toEqual(["kept"])
    expect(await (await again.files.get(run.id, "a/b.txt")).text()).toBe("bytes")
    expect((await again.runs.search(project.id, { filter: "config.lr=0.1 acc>10" })).total).toBe(1)
    const ready = await (await fetch(`${second.url}/ready`)).json()
    expect(ready).toMatchObject({ status: "ready", storageAdapter: { kind: "sqlite", driver: expect.any(String) } })
    await second.close()
  })
})
