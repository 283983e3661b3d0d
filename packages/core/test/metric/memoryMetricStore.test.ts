import { Effect } from "effect"
import { describe, it } from "vitest"
import { memoryMetricStore, metricStoreContract, randomMetricHistories } from "../../src/testing/index.ts"

const fuzz = Number(process.env.WANLLMDB_FUZZ ?? 1)

describe("a metric store in memory", () => {
  for (const { name, run } of [...metricStoreContract, ...randomMetricHistories(100, 4 * fuzz)]) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(memoryMetricStore))))
  }
})
