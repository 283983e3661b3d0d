import { RunId, StoreError } from "@wanllmdb/core"
import { encodeFrame } from "@wanllmdb/core/metric"
import { Effect, Schema } from "effect"
import { describe, expect, it, onTestFinished } from "vitest"
import { faultOf } from "../src/driver/SqliteFault.ts"
import { metricMigrations } from "../src/metric/metricMigrations.ts"
import { makeMetricStore } from "../src/metric/SqliteMetricStore.ts"
import { openStore } from "../src/openStore.ts"
import { drivers } from "./drivers.ts"
import { temporaryFile } from "./temporaryFile.ts"

const run = Schema.decodeSync(RunId)("f".repeat(32))

const frameOf = (from: number, rows: number): Uint8Array => {
  const steps = Float64Array.from({ length: rows }, (_, i) => from + i)
  return encodeFrame([
    { keys: ["a"], steps, times: steps, columns: [{ kind: "number", values: steps.map((step) => Math.sin(step)) }] }
  ])
}

describe.each(drivers)("on %s", (driver) => {
  const setup = async () => {
    const connections = await openStore({ file: temporaryFile(), driver, threads: "inline" })
    onTestFinished(connections.close)
    const { writer } = connections
    for (const { statements } of metricMigrations) {
      for (const sql of statements({ text: "", integer: "", float: "", bytes: "", keyedTable: "" })) {
        await writer.query(sql, [], null)
      }
    }
    const store = makeMetricStore(connections)
    let sequence = 0
    const append = (rows: number) =>
      Effect.runPromise(
        store.append({
          run,
          frame: frameOf(sequence * 10_000, rows),
          writer: { writer: "w", sequence: sequence + 1 },
          accepted: rows,
          rejected: 0
        })
      ).then((receipt) => {
        sequence++
        return receipt
      })
    return { writer, store, append }
  }

  it("a full disk refuses with advice, loses nothing, and the same batch goes in when there is room", async () => {
    const { writer, store, append } = await setup()
    await append(100)
    const { rows } = await writer.query("pragma page_count", [], null)
    await writer.query(`pragma max_page_count = ${Number(rows[0]?.page_count) + 4}`, [], null)
    const error = await append(9000).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as StoreError).retryable).toBe(true)
    expect(faultOf((error as StoreError).cause).kind).toBe("full")
    expect(String((error as StoreError).cause)).toContain("free space")
    // A compaction that finds no room fails and changes no answer.
    await Effect.runPromise(store.compact(run)).catch(() => undefined)
    expect((await Effect.runPromise(store.summaries({ run })))[0]?.count).toBe(100)
    await writer.query("pragma max_page_count = 1000000", [], null)
    expect((await append(9000)).sequence).toBe(2)
    await Effect.runPromise(store.compact(run))
    const report = await Effect.runPromise(store.verify(run))
    expect([report.faults, report.points]).toEqual([[], 9100])
  })

  it("a file that cannot be written says so, still answers reads, and recovers", async () => {
    const { writer, store, append } = await setup()
    await append(10)
    await writer.query("pragma query_only = on", [], null)
    const error = await append(10).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as StoreError).retryable).toBe(false)
    expect(String((error as StoreError).cause)).toContain("check its permissions")
    expect(await Effect.runPromise(store.head(run))).toBe(1)
    await writer.query("pragma query_only = off", [], null)
    expect((await append(10)).sequence).toBe(2)
  })
})
