import { Effect, Layer } from "effect"
import { describe, it } from "vitest"
import { MetricStore } from "../../src/metric/MetricStore.ts"
import {
  memoryMetricStore,
  metricStoreContract,
  metricStoreRestartContract,
  randomMetricHistories
} from "../../src/testing/index.ts"

const fuzz = Number(process.env.WANLLMDB_FUZZ ?? 1)

describe("a metric store in memory", () => {
  for (const { name, run } of [...metricStoreContract, ...randomMetricHistories(100, 4 * fuzz)]) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(memoryMetricStore))))
  }
})

describe("a metric store that is opened again", () => {
  const kept = Effect.runSync(Effect.provide(MetricStore, memoryMetricStore))
  for (const { name, run } of metricStoreRestartContract(Layer.succeed(MetricStore, kept))) {
    it(name, () => Effect.runPromise(Effect.scoped(run)))
  }
})
