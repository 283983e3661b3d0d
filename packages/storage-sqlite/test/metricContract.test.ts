import type { MetricStore } from "@wanllmdb/core"
import { metricStoreContract } from "@wanllmdb/core/testing"
import { Effect, ManagedRuntime } from "effect"
import { afterAll, describe, it } from "vitest"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

const places = [
  ["better-sqlite3", "inline"],
  ["node:sqlite", "inline"],
  ["better-sqlite3", "worker"],
  ["node:sqlite", "worker"]
] as const

describe.each(places.filter(([driver]) => drivers.includes(driver)))(
  "metrics on %s, %s, keep the contract",
  (driver, threads) => {
    const { file, remove } = keptFile()
    const runtime = ManagedRuntime.make(sqlite({ file, driver, threads, durability: "process" }).layer)
    afterAll(async () => {
      await runtime.dispose()
      remove()
    })
    for (const { name, run } of metricStoreContract) {
      it(name, () => runtime.runPromise(Effect.scoped(run as Effect.Effect<void, unknown, MetricStore>)))
    }
  }
)
