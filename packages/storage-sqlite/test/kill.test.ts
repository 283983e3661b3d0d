import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { MetricStore, RunId } from "@wanllmdb/core"
import { Effect, Schema, Stream } from "effect"
import { expect, it, onTestFinished } from "vitest"
import type { DriverName } from "../src/index.ts"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { rowsOf, runs, valueOf, writers } from "./killPlan.mjs"
import { keptFile } from "./temporaryFile.ts"

/** `WANLLMDB_KILLS` of them in all (default 25), half with each library. The child runs the built package. */
const kills = Number(process.env.WANLLMDB_KILLS ?? 25)
const child = fileURLToPath(new URL("./killChild.mjs", import.meta.url))

const killOnce = async (file: string, driver: DriverName, journal: string): Promise<void> => {
  const process_ = spawn(process.execPath, [child, file, driver, journal], { stdio: ["ignore", "pipe", "pipe"] })
  let errors = ""
  process_.stderr.on("data", (text) => {
    errors += text
  })
  const ended = once(process_, "exit")
  await Promise.race([once(process_.stdout, "data"), ended])
  if (process_.exitCode !== null) throw new Error(`the child ended by itself: ${errors}`)
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400))
  process_.kill("SIGKILL")
  await ended
  expect(errors).toBe("")
}

/** Last acknowledged sequence of each writer. */
const acknowledged = (journal: string): ReadonlyMap<string, number> => {
  const last = new Map<string, number>()
  // The last line of a killed child may be cut short.
  for (const line of readFileSync(journal, "utf8").split("\n").slice(0, -1)) {
    const [writer = "", sequence] = line.split(" ")
    last.set(writer, Number(sequence))
  }
  return last
}

const checkRun = (name: string, acked: ReadonlyMap<string, number>) =>
  Effect.gen(function* () {
    const store = yield* MetricStore
    const run = Schema.decodeSync(RunId)(name)
    const report = yield* store.verify(run)
    expect(report.faults).toEqual([])
    for (const writer of writers(name)) {
      const batches = yield* Stream.runCollect(store.scan({ run, key: writer, repeats: "all" }))
      const points = batches.flatMap((batch) =>
        batch.kind === "number" ? Array.from(batch.steps, (step, i) => [step, batch.values[i]] as const) : []
      )
      const stored = Math.floor((points.at(-1)?.[0] ?? 0) / 1000)
      const sent = acked.get(writer) ?? 0
      // Besides what was acknowledged at most the one batch that was under way.
      expect([sent, sent + 1]).toContain(stored)
      const expected = Array.from({ length: stored }, (_, i) =>
        Array.from({ length: rowsOf(i + 1) }, (_, row) => (i + 1) * 1000 + row)
      ).flat()
      expect(points.map(([step]) => step)).toEqual(expected)
      expect(points.every(([step, value]) => value === valueOf(step))).toBe(true)
      const [summary] = yield* store.summaries({ run, keys: [writer] })
      expect(summary?.count ?? 0).toBe(expected.length)
    }
  })

it.each(drivers)(
  "a process killed at any moment loses no acknowledged point and doubles none, %s",
  async (driver) => {
    const { file, remove } = keptFile()
    onTestFinished(remove)
    const journal = `${file}.journal`
    const own = Math.ceil(kills / drivers.length)
    for (let i = 0; i < own; i++) await killOnce(file, driver, journal)
    const acked = acknowledged(journal)
    expect([...acked.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(own)
    const check = Effect.forEach(runs, (run) => checkRun(run, acked), { discard: true })
    await Effect.runPromise(Effect.provide(check, sqlite({ file, driver, threads: "inline" }).layer))
    // Compacting everything changes nothing.
    const compacted = Effect.gen(function* () {
      const store = yield* MetricStore
      for (const run of runs) yield* store.compact(Schema.decodeSync(RunId)(run), { final: true })
      yield* check
    })
    await Effect.runPromise(Effect.provide(compacted, sqlite({ file, driver, threads: "inline" }).layer))
  },
  60_000 + kills * 3000
)
