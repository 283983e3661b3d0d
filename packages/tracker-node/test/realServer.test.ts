import { fork } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Histogram, syncDirectory } from "../src/index.ts"
import { quietRun, spoolFolder } from "./quietRun.ts"
import { type RealServer, startRealServer } from "./realServer.ts"

let server: RealServer

beforeAll(async () => {
  server = await startRealServer()
})
afterAll(() => server.close())

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe("a run on the real server", () => {
  it("arrives whole: points, config, summary, tags, texts, histograms, log and end", async () => {
    const { run } = quietRun({
      url: server.url,
      slug: "whole",
      name: "Whole run",
      config: { lr: 0.1, model: { layers: 2 } },
      tags: ["a"],
      notes: "n",
      group: "g",
      jobType: "train"
    })
    run.log({ loss: 1, acc: Number.NaN, nested: { deep: 5 } })
    run.log({ loss: 0.5, acc: Number.POSITIVE_INFINITY, nested: { deep: 6 } })
    run.log({ loss: -0, sample: "text", weights: Histogram.of([1, 2, 3], 4) }, { step: 10.5 })
    run.config.seed = 7
    run.summary.best = 0.25
    run.defineMetric("loss", { summary: "min", goal: "minimize" })
    run.addTags("b", "c")
    run.removeTag("c")
    run.print("hello", { level: "warn", stream: "app" })
    const file = join(spoolFolder(), "model.txt")
    writeFileSync(file, "weights")
    expect(await run.save(file, { path: "out/model.txt" })).toBe(true)
    expect(await run.finish()).toMatchObject({ delivered: true })

    const stored = await server.wan.runs.get("local:test:whole")
    expect(stored).toMatchObject({
      state: "finished",
      exitCode: 0,
      name: "Whole run",
      notes: "n",
      group: "g",
      jobType: "train",
      config: { lr: 0.1, model: { layers: 2 }, seed: 7 }
    })
    expect(stored.summary).toMatchObject({ best: 0.25 })
    expect([...stored.tags].sort()).toEqual(["a", "b"])
    expect(await server.points(stored.id, "loss")).toEqual({ steps: [0, 1, 10.5], values: [1, 0.5, -0] })
    expect((await server.points(stored.id, "acc")).values).toEqual([Number.NaN, Number.POSITIVE_INFINITY])
    expect((await server.points(stored.id, "nested.deep")).values).toEqual([5, 6])
    expect((await server.points(stored.id, "sample")).values).toEqual(["text"])
    expect((await server.points(stored.id, "weights")).values).toMatchObject([{ counts: [1, 0, 1, 1] }])
    expect(await server.lines(stored.id)).toMatchObject([{ text: "hello", level: "warn", stream: "app" }])
    const files = await server.wan.files.list(stored.id)
    expect(files.map((entry) => [entry.path, entry.sizeBytes])).toEqual([["out/model.txt", 7]])
    expect(stored.environment?.runtime).toBe(`Node ${process.versions.node}`)
  })

  it("offline and then synced twice is there once", async () => {
    const { run, dir } = quietRun({ mode: "offline", slug: "offline", config: { a: 1 } })
    for (const i of upTo(1000)) run.log({ i })
    run.print("line")
    await run.finish(3)
    for (const _ of [1, 2, 3]) {
      const report = await syncDirectory(dir, { url: server.url })
      expect(report.spools).toMatchObject([{ outcome: "sent", error: null }])
    }
    const stored = await server.wan.runs.get("local:test:offline")
    expect(stored).toMatchObject({ state: "failed", exitCode: 3, config: { a: 1 } })
    expect((await server.points(stored.id, "i")).values).toEqual(upTo(1000))
    expect(await server.lines(stored.id)).toHaveLength(1)
  })

  it("continues its steps and its log when resumed", async () => {
    const slug = "resumed"
    const first = quietRun({ url: server.url, slug })
    for (const i of upTo(10)) first.run.log({ i })
    first.run.print("one")
    await first.run.finish()
    const second = quietRun({ url: server.url, slug, resume: "allow" })
    for (const i of upTo(10)) second.run.log({ i: 10 + i })
    second.run.print("two")
    await second.run.finish()
    const stored = await server.wan.runs.get(`local:test:${slug}`)
    expect(await server.points(stored.id, "i")).toEqual({ steps: upTo(20), values: upTo(20) })
    expect((await server.lines(stored.id)).map((line) => line.text)).toEqual(["one", "two"])
  })

  it("refuses a slug that is taken, and keeps the data", async () => {
    await quietRun({ url: server.url, slug: "taken" }).run.finish()
    const { run, messages } = quietRun({ url: server.url, slug: "taken" })
    run.log({ loss: 1 })
    expect(await run.finish()).toMatchObject({ delivered: false })
    expect(messages.join()).toContain("already exists")
  })

  it("takes points of several processes, each with its own log", async () => {
    const slug = "several"
    const dir = spoolFolder()
    const all = ["", "rank1", "rank2"].map((process) =>
      quietRun({ url: server.url, slug, resume: "allow", process, dir })
    )
    const file = join(spoolFolder(), "weights.bin")
    writeFileSync(file, "w")
    for (const [rank, { run }] of all.entries()) await run.save(file, { path: `rank${rank}.bin` })
    for (const i of upTo(100))
      for (const [rank, { run }] of all.entries()) run.log({ [`loss.${rank}`]: i }, { step: i })
    for (const { run } of all) run.print("hello")
    for (const { run } of all.reverse()) expect(await run.finish()).toMatchObject({ delivered: true })
    const stored = await server.wan.runs.get(`local:test:${slug}`)
    expect(stored.state).toBe("finished")
    for (const rank of [0, 1, 2]) expect((await server.points(stored.id, `loss.${rank}`)).values).toEqual(upTo(100))
    expect((await server.lines(stored.id)).map((line) => line.process).sort()).toEqual(["", "rank1", "rank2"])
    expect((await server.wan.files.list(stored.id)).map((entry) => entry.path)).toEqual(
      [0, 1, 2].map((rank) => `rank${rank}.bin`)
    )
    expect(readdirSync(dir)).toEqual([".gitignore"])
  })

  it("keeps memory bounded over 100,000 calls while the server is away, and delivers them all later", async () => {
    const { run, dir } = quietRun({ url: "http://127.0.0.1:9", finishTimeoutMs: 100 })
    const before = process.memoryUsage()
    for (const i of upTo(100_000)) {
      run.log({ a: i, b: i, c: i, d: i })
      if (i % 10_000 === 0) await sleep(1)
    }
    const after = process.memoryUsage()
    expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(64 << 20)
    expect(await run.finish()).toMatchObject({ delivered: false })
    const report = await syncDirectory(dir, { url: server.url })
    expect(report.spools).toMatchObject([{ outcome: "sent", points: 400_000 }])
    expect((await server.points(`local:test:${run.slug}`, "d")).values.length).toBe(100_000)
  })
})

const built = fileURLToPath(new URL("../dist/index.js", import.meta.url))

describe.runIf(existsSync(built))("a process that is killed", () => {
  it("loses nothing that log returned from", { timeout: 60_000 }, async () => {
    for (const [round, mode] of (["online", "offline", "online"] as const).entries()) {
      const dir = mkdtempSync(join(tmpdir(), "wanllmdb-kill-"))
      const slug = `killed-${round}`
      const child = fork(fileURLToPath(new URL("./killed.child.mjs", import.meta.url)), [slug], {
        env: { ...process.env, WANLLMDB_URL: server.url, WANLLMDB_DIR: dir, WANLLMDB_MODE: mode },
        execArgv: []
      })
      let logged = 0
      child.on("message", (count) => {
        logged = Number(count)
      })
      const gone = new Promise((resolve) => child.once("exit", resolve))
      while (logged < 5000) await sleep(20)
      await sleep(Math.random() * 200)
      child.kill("SIGKILL")
      await gone
      expect(readdirSync(dir, { recursive: true, encoding: "utf8" }).some((name) => name.endsWith(".spool"))).toBe(true)
      for (const _ of [1, 2]) {
        expect((await syncDirectory(dir, { url: server.url })).spools).toMatchObject([{ outcome: "sent", error: null }])
      }
      const { steps, values } = await server.points(`local:kill:${slug}`, "i")
      expect(values.length).toBeGreaterThanOrEqual(logged)
      expect(values).toEqual(upTo(values.length))
      expect(steps).toEqual(values)
    }
  })
})
