import type { MetricStore } from "@wanllmdb/core"
import { metricStoreContract } from "@wanllmdb/core/testing"
import { Effect, ManagedRuntime } from "effect"
import { afterAll, describe, it } from "vitest"
import { sqlite } from "../src/sqlite.ts"
import { places } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

describe.each(places)("metrics on %s, %s, keep the contract", (driver, threads) => {
  const { file, remove } = keptFile()
  const runtime = ManagedRuntime.make(sqlite({ file, driver, threads, durability: "process" }).layer)
  afterAll(async () => {
    await runtime.dispose()
    remove()
  })
  for (const { name, run } of metricStoreContract) {
    it(name, () => runtime.runPromise(Effect.scoped(run as Effect.Effect<void, unknown, MetricStore>)))
  }
})
