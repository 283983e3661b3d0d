import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { MetricStore, RunId } from "@wanllmdb/core"
import { BucketAccumulator, bucketLevel, encodeFrame } from "@wanllmdb/core/metric"
import { Effect, Layer, Stream } from "effect"
import { expect, it, onTestFinished } from "vitest"
import { chooseDriver } from "../src/driver/chooseDriver.ts"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { blockOf, blockValue, pageKeys } from "./killPlan.mjs"
import { keptFile } from "./temporaryFile.ts"

/** A tenth of `WANLLMDB_KILLS` (default 4 in all). Each kill meets three series whose pages are being written. */
const kills = Math.max(4, Math.round(Number(process.env.WANLLMDB_KILLS ?? 0) / 10))
const child = fileURLToPath(new URL("./killPageChild.mjs", import.meta.url))
const run = RunId.make("9".repeat(32))
const rows = 8192

/** Starts the child at a block; kills it some time after that block was sent. Gives the first block that was not acknowledged. */
const killAfter = async (file: string, driver: string, from: number): Promise<number> => {
  const process_ = spawn(process.execPath, [child, file, driver, run, String(from)], {
    stdio: ["ignore", "pipe", "pipe"]
  })
  let [output, errors] = ["", ""]
  const acked = new Promise<void>((resolve) =>
    process_.stdout.on("data", (piece: Buffer) => {
      output += piece.toString()
      if (output.includes("acked")) resolve()
    })
  )
  process_.stderr.on("data", (piece: Buffer) => {
    errors += piece.toString()
  })
  const ended = once(process_, "close")
  await Promise.race([acked, ended])
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 120))
  process_.kill("SIGKILL")
  await ended
  expect(errors).toBe("")
  return Math.max(from, ...[...output.matchAll(/acked (\d+)/g)].map((match) => Number(match[1]) + 1))
}

it.each(drivers)(
  "a process killed while it writes pages of tiles leaves charts that equal their points, %s",
  async (driver) => {
    const { file, remove } = keptFile()
    onTestFinished(remove)
    const within = <A, E>(use: (store: MetricStore["Service"]) => Effect.Effect<A, E>): Promise<A> =>
      Effect.runPromise(
        Effect.gen(function* () {
          return yield* use(yield* MetricStore)
        }).pipe(Effect.provide(Layer.fresh(sqlite({ file, driver, threads: "inline", durability: "process" }).layer)))
      )
    // One chunk less than a page has, for every series.
    await within((store) =>
      Effect.gen(function* () {
        for (let block = 0; block < 63; block++) {
          const writer = { writer: "w", sequence: block + 1 }
          yield* store.append({ run, frame: encodeFrame([blockOf(block)]), writer, accepted: rows, rejected: 0 })
          yield* store.compact(run)
        }
      })
    )
    let next = 63
    for (let kill = 0; kill < kills; kill++) {
      next = await killAfter(file, driver, next)
      await within((store) =>
        Effect.gen(function* () {
          const { faults, points } = yield* store.verify(run)
          expect(faults).toEqual([])
          const stored = points / pageKeys.length / rows
          // At most the block that was under way besides what was acknowledged.
          expect([next, next + 1]).toContain(stored)
          const steps = Float64Array.from({ length: stored * rows }, (_, step) => step)
          const naive = new BucketAccumulator(0, steps.length - 1, bucketLevel(0, steps.length - 1, 20))
          naive.addPoints(steps, steps.map(blockValue), 0, steps.length)
          const series = pageKeys.map((key) => ({ run, key }))
          const answers = yield* Stream.runCollect(store.buckets({ series, buckets: 20 }))
          const expected = naive.finish({ run, key: "" }, answers[0]!.cursor)
          for (const answer of answers) expect({ ...answer, key: "" }).toEqual(expected)
          expect(answers).toHaveLength(pageKeys.length)
        })
      )
    }
    // What a kill left out the next compaction writes, once the lease of the killed process has run out: every series has its page.
    const owner = chooseDriver(driver).open(file, { readOnly: false })
    owner.exec("update metric_run set lease_until = 0")
    owner.close()
    await within((store) => store.compact(run))
    const db = chooseDriver(driver).open(file, { readOnly: true })
    expect(Number(db.prepare("select count(*) as n from metric_tile_page").get()?.n)).toBeGreaterThanOrEqual(
      pageKeys.length
    )
    db.close()
  },
  60_000 + kills * 5000
)
