import { deepStrictEqual, strictEqual } from "node:assert/strict"
import { MetricStore, RunId } from "@wanllmdb/core"
import { BucketAccumulator, type BucketQuery, bucketLevel, encodeFrame } from "@wanllmdb/core/metric"
import { Effect, Layer, ManagedRuntime, Schema, Stream } from "effect"
import { afterAll, beforeAll, describe, it } from "vitest"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

const id = Schema.decodeSync(RunId)("1".padStart(32, "0"))
const block = 8192
const chunks = 130

/** Integers, so that sums are exact in whichever order they are added up; NaN and infinities among them. */
const valueAt = (step: number): number =>
  step % 9973 === 0 ? Number.NaN : step % 19_997 === 0 ? Number.POSITIVE_INFINITY : (step * 7919) % 1009

describe.each(drivers)("pages of tiles on %s", (driver) => {
  const { file, remove } = keptFile()
  const runtime = ManagedRuntime.make(Layer.fresh(sqlite({ file, driver, threads: "inline" }).layer))
  let store: MetricStore["Service"]
  const points: Array<number> = []

  const append = async (from: number): Promise<void> => {
    // Not aligned with cells, and with a gap after each block.
    const steps = Float64Array.from({ length: block }, (_, i) => from + i)
    const values = steps.map(valueAt)
    points.push(...steps)
    const frame = encodeFrame([{ keys: ["loss"], steps, times: steps, columns: [{ kind: "number", values }] }])
    await runtime.runPromise(store.append({ run: id, frame, accepted: block, rejected: 0 }))
    await runtime.runPromise(store.compact(id))
  }

  const expectEqual = async (window: Pick<BucketQuery, "from" | "to">, cut = Number.POSITIVE_INFINITY) => {
    for (const buckets of [3, 20, 90]) {
      const query = { series: [{ run: id, key: "loss" }], buckets, ...window }
      const [answer] = await runtime.runPromise(Stream.runCollect(store.buckets(query)))
      const steps = Float64Array.from(points.filter((step) => step <= cut))
      const from = window.from ?? steps.reduce((a, b) => Math.min(a, b))
      const to = window.to ?? steps.reduce((a, b) => Math.max(a, b))
      const naive = new BucketAccumulator(from, to, bucketLevel(from, to, buckets))
      naive.addPoints(steps, steps.map(valueAt), 0, steps.length)
      deepStrictEqual(answer, naive.finish({ run: id, key: "loss" }, answer!.cursor))
    }
  }

  beforeAll(async () => {
    store = await runtime.runPromise(MetricStore)
    for (let i = 0; i < chunks; i++) await append(1000 + i * (block + 5))
  }, 60_000)
  afterAll(async () => {
    await runtime.dispose()
    remove()
  })

  const end = 1000 + chunks * (block + 5)

  it("are stored as a series grows, two for 130 chunks, and are sound", async () => {
    const db = driver === "node:sqlite" ? null : new (await import("better-sqlite3")).default(file, { readonly: true })
    if (db !== null) strictEqual(db.prepare("select count(*) from metric_tile_page").pluck().get(), 2)
    db?.close()
    deepStrictEqual((await runtime.runPromise(store.verify(id))).faults, [])
  })

  it("give the same buckets as the points do, in every window", async () => {
    await expectEqual({})
    await expectEqual({ from: -1e6, to: end * 2 })
    await expectEqual({ from: 900, to: end * 0.7 })
    await expectEqual({ from: end * 0.2, to: end * 0.99 })
  })

  it("give the same buckets when late points and a rewind lie across them", async () => {
    await append(200_000.5)
    await expectEqual({})
    await Effect.runPromise(store.rewind(id, 400_000))
    await expectEqual({}, 400_000)
  })

  it("end with their series", async () => {
    await runtime.runPromise(store.delete(id, "loss"))
    deepStrictEqual((await runtime.runPromise(store.verify(id))).faults, [])
    if (driver === "node:sqlite") return
    const db = new (await import("better-sqlite3")).default(file, { readonly: true })
    strictEqual(db.prepare("select count(*) from metric_tile_page").pluck().get(), 0)
    db.close()
  })
})
