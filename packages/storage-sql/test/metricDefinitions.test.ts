import { assert, layer } from "@effect/vitest"
import { MetricDefinitionStore, newIdentifier, RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import { storesOver } from "./databases.ts"

layer(storesOver("node:sqlite"))("metric definitions in SQL", (it) => {
  it.effect("come back in order of first definition, the last wording of each", () =>
    Effect.gen(function* () {
      const store = yield* MetricDefinitionStore
      const run = RunId.make(yield* newIdentifier)
      yield* store.put(run, { name: "z" })
      yield* store.put(run, { name: "a/*", summary: "best", goal: "minimize", stepMetric: null })
      yield* store.put(run, { name: "z", summary: "max", hidden: true })
      assert.deepStrictEqual(yield* store.list(run), [
        { name: "z", summary: "max", hidden: true },
        { name: "a/*", summary: "best", goal: "minimize", stepMetric: null }
      ])
      yield* store.delete(run)
      assert.deepStrictEqual(yield* store.list(run), [])
    })
  )
})
