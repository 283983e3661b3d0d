import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun } from "./quietRun.ts"

const hourMs = 3_600_000

let server: FaultyServer

beforeEach(async () => {
  server = await new FaultyServer().start()
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.stop()
})

it("a clock that is set back does not keep the end of a run waiting", async () => {
  await server.stop()
  const { run } = quietRun({ url: server.url, finishTimeoutMs: 500 })
  run.log({ a: 1 })
  const end = run.finish()
  await sleep(50)
  vi.setSystemTime(Date.now() - hourMs)
  expect(await end).toMatchObject({ delivered: false })
  await server.start()
})

it("a clock that jumps ahead does not cut the end of a run short", async () => {
  server.fault = () => ({ status: 503 })
  const { run } = quietRun({ url: server.url, finishTimeoutMs: 20_000 })
  run.log({ a: 1 })
  const end = run.finish()
  await sleep(50)
  vi.setSystemTime(Date.now() + hourMs)
  await sleep(50)
  server.fault = () => null
  expect(await end).toMatchObject({ delivered: true })
  expect(server.values("a")).toEqual([1])
})

it("points that were logged while the clock jumped are all kept, with the times that it showed", async () => {
  const { run } = quietRun({ url: server.url })
  for (const jump of [0, -hourMs, 2 * hourMs, -hourMs]) {
    vi.setSystemTime(Date.now() + jump)
    run.log({ a: jump })
  }
  expect(await run.finish()).toMatchObject({ delivered: true })
  expect(server.values("a")).toEqual([0, -hourMs, 2 * hourMs, -hourMs])
  expect(server.points.map(({ step }) => step)).toEqual([0, 1, 2, 3])
})
