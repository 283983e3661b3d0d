import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { syncDirectory } from "../src/index.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun } from "./quietRun.ts"

let server: FaultyServer

beforeEach(async () => {
  server = await new FaultyServer().start()
})
afterEach(() => server.stop())

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe("a run whose server fails", () => {
  it("delivers everything once the server comes up", async () => {
    await server.stop()
    const { run, messages } = quietRun({ url: server.url })
    for (const i of upTo(100)) run.log({ loss: i })
    await vi.waitFor(() => expect(run.status.state).toBe("waiting"), { timeout: 10_000 })
    await server.start()
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(server.values("loss")).toEqual(upTo(100))
    expect(messages.filter((message) => message.includes("no answer"))).toHaveLength(1)
  })

  it("does not double a batch whose answer was lost", async () => {
    let lost = 0
    server.fault = (_, path) => (path.endsWith("/metrics") && lost++ % 2 === 0 ? { status: 502, apply: true } : null)
    const { run } = quietRun({ url: server.url })
    for (const i of upTo(20)) {
      run.log({ loss: i })
      await sleep(5)
    }
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(server.values("loss")).toEqual(upTo(20))
  })

  it("survives connections that break at any call", async () => {
    let calls = 0
    server.fault = () => (calls++ % 3 === 0 ? "reset" : null)
    const { run } = quietRun({ url: server.url })
    for (const i of upTo(50)) run.log({ loss: i, acc: i / 2 })
    run.updateConfig({ lr: 1 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(server.values("loss")).toEqual(upTo(50))
    expect(server.values("acc")).toEqual(upTo(50).map((i) => i / 2))
  })

  it("waits as long as the server asks", async () => {
    const times: number[] = []
    server.fault = (_, path) => {
      if (!path.endsWith("/metrics")) return null
      times.push(Date.now())
      return times.length === 1 ? { status: 429, headers: { "retry-after": "1" } } : null
    }
    const { run } = quietRun({ url: server.url })
    run.log({ loss: 1 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(990)
  })

  it("sends earlier batches again when the server lost them", async () => {
    const { run } = quietRun({ url: server.url })
    run.log({ loss: 0 })
    await run.flush()
    run.log({ loss: 1 })
    await run.flush()
    server.writers.clear()
    server.points.length = 0
    run.log({ loss: 2 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(server.values("loss")).toEqual([0, 1, 2])
  })

  it("goes on behind a batch that the server refuses for good", async () => {
    let first = true
    server.fault = (_, path) => {
      if (!path.endsWith("/metrics") || !first) return null
      first = false
      return { status: 400, body: { title: "no" } }
    }
    const { run, messages } = quietRun({ url: server.url })
    run.log({ loss: 0 })
    await run.flush()
    run.log({ loss: 1 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(server.values("loss")).toEqual([1])
    expect(messages.some((message) => message.startsWith("refused"))).toBe(true)
  })

  it("keeps the data when the key is refused, and sync sends it later", async () => {
    server.fault = () => ({ status: 401, body: { title: "Unauthorized" } })
    const { run, dir, messages } = quietRun({ url: server.url })
    for (const i of upTo(10)) run.log({ loss: i })
    expect(await run.finish()).toMatchObject({ delivered: false })
    expect(messages.some((message) => message.includes("401"))).toBe(true)
    server.fault = () => null
    const report = await syncDirectory(dir)
    expect(report.spools).toMatchObject([{ outcome: "sent", points: 10 }])
    expect(server.values("loss")).toEqual(upTo(10))
    expect(server.operations.some(({ path }) => path === "/runs/r1/finish")).toBe(true)
  })

  it("tells the training when someone asks it to stop", async () => {
    server.stopRequested = true
    let stopped = 0
    const { run } = quietRun({ url: server.url, onStop: () => stopped++ })
    run.log({ loss: 1 })
    await run.flush()
    await sleep(50)
    expect(run.stopSignal.aborted).toBe(true)
    expect(stopped).toBe(1)
    await run.finish(0, "killed")
  })
})
