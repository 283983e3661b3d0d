import type { RunId } from "@wanllmdb/core"
import { Effect, ManagedRuntime } from "effect"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { engineLayer } from "../src/effect.ts"
import { Background } from "../src/engine/Background.ts"
import { resolveEngine } from "../src/engine/Engine.ts"
import { memoryStorage } from "./memoryStorage.ts"

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date", "performance"] }))
afterEach(() => void vi.useRealTimers())

const settle = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}

const world = async () => {
  const runtime = ManagedRuntime.make(engineLayer(memoryStorage()))
  const engine = await runtime.runPromise(resolveEngine)
  const compacted: Array<readonly [RunId, boolean]> = []
  const metricStore = {
    ...engine.metricStore,
    compact: (run: RunId, options?: { readonly final?: boolean | undefined }) =>
      Effect.sync(() => void compacted.push([run, options?.final ?? false]))
  }
  const project = await Effect.runPromise(engine.projects.create({ name: "p" }))
  const { run } = await Effect.runPromise(engine.runs.create(project, {}, { user: null }))
  const troubles: Array<unknown> = []
  const background = new Background({ ...engine, metricStore }, (error) => troubles.push(error))
  const note = (topic: "points" | "run") => background.note({ project: project.id, run: run.id, topic })
  return { background, compacted, engine, note, project, run, runtime, troubles }
}

describe("background work", () => {
  it("compacts a busy run now and then, and a finished one once, for good", async () => {
    const { background, compacted, engine, note, run, runtime, troubles } = await world()
    for (let second = 0; second < 120; second += 5) {
      note("points")
      await vi.advanceTimersByTimeAsync(5000)
      await settle()
    }
    expect(compacted.length).toBe(2)
    await Effect.runPromise(engine.runs.finish(run.id, { state: "finished" }))
    note("run")
    await vi.advanceTimersByTimeAsync(5000)
    await settle()
    expect(compacted.at(-1)).toEqual([run.id, true])
    expect(troubles).toEqual([])
    await background.close()
    note("points")
    await vi.advanceTimersByTimeAsync(60_000)
    expect(compacted.length).toBe(3)
    await runtime.dispose()
  })

  it("marks a run that fell silent as crashed", async () => {
    const { background, engine, run, runtime } = await world()
    await Effect.runPromise(engine.runs.heartbeat(run.id))
    await vi.advanceTimersByTimeAsync(6 * 60_000)
    await settle()
    expect((await Effect.runPromise(engine.runs.get(run.id))).state).toBe("crashed")
    await background.close()
    await runtime.dispose()
  })

  it.each([
    ["forwards", 3_600_000],
    ["back", -3_600_000]
  ])("calls no living run crashed because the clock was set %s", async (_, jumpMs) => {
    const { background, engine, run, runtime } = await world()
    const beatFor = async (minutes: number) => {
      for (let beat = 0; beat < minutes * 2; beat++) {
        await Effect.runPromise(engine.runs.heartbeat(run.id))
        await vi.advanceTimersByTimeAsync(30_000)
        await settle()
        expect((await Effect.runPromise(engine.runs.get(run.id))).state).toBe("running")
      }
    }
    await beatFor(3)
    vi.setSystemTime(Date.now() + jumpMs)
    // The sweep comes before the next heartbeat.
    await vi.advanceTimersByTimeAsync(30_000)
    await settle()
    expect((await Effect.runPromise(engine.runs.get(run.id))).state).toBe("running")
    await beatFor(7)
    await background.close()
    await runtime.dispose()
  })

  it("gives runs time to be heard after a restart", async () => {
    const { engine, run, runtime, background } = await world()
    await Effect.runPromise(engine.runs.heartbeat(run.id))
    await background.close()
    vi.setSystemTime(Date.now() + 3_600_000)
    const next = new Background(engine, () => undefined)
    await vi.advanceTimersByTimeAsync(60_000)
    await settle()
    expect((await Effect.runPromise(engine.runs.get(run.id))).state).toBe("running")
    await vi.advanceTimersByTimeAsync(60_000)
    await settle()
    expect((await Effect.runPromise(engine.runs.get(run.id))).state).toBe("crashed")
    await next.close()
    await runtime.dispose()
  })

  it("leaves the work to who holds the lease, and reports what fails", async () => {
    const { background, compacted, engine, note, run, runtime, troubles } = await world()
    await Effect.runPromise(engine.lease.acquire(`compact:${run.id}`, "someone else", 120_000, Date.now()))
    note("points")
    await vi.advanceTimersByTimeAsync(5000)
    await settle()
    expect(compacted).toEqual([])
    expect(troubles).toEqual([])
    await background.close()
    await runtime.dispose()
  })
})
