/** What a store keeps when its process ends and another opens the same data. */
import { Effect, type Layer } from "effect"
import { MetricStore } from "../../../metric/MetricStore.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { NaiveMetrics } from "../NaiveMetrics.ts"
import { CheckedStore, frameOf, newRun, rowsOf } from "./CheckedStore.ts"
import { randomHistory } from "./randomCases.ts"

/** `reopen` opens the same data anew each time it is built; the case closes one before it opens the next. */
export const metricStoreRestartContract = <E>(
  reopen: Layer.Layer<MetricStore, E>
): ReadonlyArray<ContractCase<never>> => {
  const opened = <A, F>(use: (store: MetricStore["Service"]) => Effect.Effect<A, F>) =>
    Effect.scoped(Effect.flatMap(MetricStore, use).pipe(Effect.provide(reopen, { local: true })))
  return [
    {
      name: "points, segments and writers are there after a restart",
      run: Effect.gen(function* () {
        const run = yield* newRun
        const model = new NaiveMetrics()
        const batch = frameOf(rowsOf("a", [1, 2, 3]))
        yield* opened((store) =>
          Effect.gen(function* () {
            const check = new CheckedStore(store, model)
            yield* check.appendFrame(run, batch, { writer: "w", sequence: 1 }, 4)
            yield* check.rewind(run, 1)
            yield* check.append(run, rowsOf("a", [9], 2), { writer: "w", sequence: 2 })
          })
        )
        yield* opened((store) =>
          Effect.gen(function* () {
            const check = new CheckedStore(store, model)
            yield* check.same(run)
            yield* check.append(run, rowsOf("a", [9], 2), { writer: "w", sequence: 2 })
            yield* check.append(run, rowsOf("a", [10], 3), { writer: "w", sequence: 3 })
            yield* store.compact(run, { final: true })
          })
        )
        yield* opened((store) => new CheckedStore(store, model).same(run))
      })
    },
    {
      name: "answers equal the row model over histories with restarts between them",
      run: Effect.gen(function* () {
        const model = new NaiveMetrics()
        const first = yield* opened((store) => randomHistory(new CheckedStore(store, model), 901, 30))
        yield* opened((store) =>
          Effect.gen(function* () {
            const check = new CheckedStore(store, model)
            for (const run of first) yield* check.same(run)
            yield* randomHistory(check, 902, 30)
            for (const run of first) yield* check.append(run, rowsOf("loss", [1, 2], 500))
          })
        )
        yield* opened((store) =>
          Effect.forEach(first, (run) => new CheckedStore(store, model).same(run), { discard: true })
        )
      })
    }
  ]
}
