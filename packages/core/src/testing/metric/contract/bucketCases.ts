/** What buckets promise: the same numbers as grouping every point, at any zoom, on any x. */
import { strict as assert } from "node:assert"
import { Effect, Stream } from "effect"
import type { MetricStore } from "../../../metric/MetricStore.ts"
import type { RunId } from "../../../run/Run.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { type CheckedStore, checkedStore, newRun, type Row } from "./CheckedStore.ts"

const count = 20_000

/** A long series with spikes, gaps and non-finite values, in batches, half of it compacted. */
const longRun = (check: CheckedStore, run: RunId) =>
  Effect.gen(function* () {
    const rows: ReadonlyArray<Row> = Array.from({ length: count }, (_, i) => {
      const step = i < count / 2 ? i : i + 5000
      const loss = i % 997 === 0 ? 1e6 : Math.fround(3 / (1 + i / 1000) + Math.sin(i))
      return {
        step,
        time: 1.79e12 + i * 100 + (i % 17),
        values: { loss: i % 1501 === 0 ? Number.NaN : i % 2003 === 0 ? Number.NEGATIVE_INFINITY : loss, epoch: i / 500 }
      }
    })
    for (let i = 0; i < count; i += 4000) {
      yield* check.append(run, rows.slice(i, i + 4000))
      if (i === 8000) yield* check.store.compact(run, { final: true })
    }
  })

export const bucketCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "buckets of any window equal grouping every point, before and after compaction",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* longRun(check, run)
      const windows: ReadonlyArray<readonly [number | undefined, number | undefined]> = [
        [undefined, undefined],
        [0, 8191],
        [0, 8192],
        [1, 8192],
        [4096, 12_287],
        [9990, 15_010],
        [10_000, 14_999],
        [-100, 1e9],
        [12.5, 777.25],
        [19_000, undefined],
        [undefined, 64],
        [128, 128]
      ]
      const all = Effect.gen(function* () {
        for (const [from, to] of windows) {
          for (const buckets of [1, 2, 100, 1000]) {
            yield* check.buckets({ series: [{ run, key: "loss" }], from, to, buckets })
          }
          yield* check.buckets({ series: [{ run, key: "loss" }], from, to, buckets: 64, repeats: "last" })
        }
      })
      yield* all
      yield* check.store.compact(run, { final: true })
      yield* all
    })
  },
  {
    name: "x may be wall time, time since the run's first point, or another metric",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* longRun(check, run)
      yield* check.append(run, [{ step: 3, time: 1.79e12 - 5000, values: { early: 1 } }])
      const all = Effect.gen(function* () {
        for (const x of ["wall", "relative", { metric: "epoch" }, { metric: "none" }] as const) {
          for (const buckets of [1, 33, 1000]) {
            yield* check.buckets({ series: [{ run, key: "loss" }], x, buckets })
            yield* check.buckets({ series: [{ run, key: "loss" }], x, from: 3.25, to: 20.5, buckets })
          }
        }
        yield* check.buckets({ series: [{ run, key: "loss" }], x: { metric: "loss" }, buckets: 50 })
      })
      yield* all
      yield* check.store.compact(run, { final: true })
      yield* all
    })
  },
  {
    name: "another metric as x takes its last value of a step and leaves points without one out",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(
        run,
        Array.from({ length: 60 }, (_, i) => ({
          step: i,
          values: { y: i * 2, ...(i % 3 === 0 ? { x: i / 4 } : {}), ...(i % 9 === 0 ? { odd: Number.NaN } : {}) }
        }))
      )
      yield* check.append(run, [
        { step: 6, values: { x: 40 } },
        { step: 9, values: { x: Number.POSITIVE_INFINITY, y: 1 } }
      ])
      for (const metric of ["x", "odd", "y"]) {
        for (const repeats of ["all", "last"] as const) {
          yield* check.buckets({ series: [{ run, key: "y" }], x: { metric }, repeats, buckets: 12 })
        }
      }
    })
  },
  {
    name: "series of one question share their bucket edges, whatever their lengths",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const runs = [yield* newRun, yield* newRun, yield* newRun]
      for (const [i, run] of runs.entries()) {
        yield* check.append(
          run,
          Array.from({ length: 700 * (i + 1) }, (_, j) => ({
            step: j - 100 * i,
            values: { a: Math.sqrt(j), b: j % 13 }
          }))
        )
      }
      yield* check.store.compact(runs[1]!, { final: true })
      const missing = yield* newRun
      const series = [...runs, missing].flatMap((run) => ["a", "b"].map((key) => ({ run, key })))
      for (const buckets of [10, 100, 1000]) yield* check.buckets({ series, buckets })
      yield* check.buckets({ series, from: -50, to: 1999, buckets: 40 })
      const answers = yield* Stream.runCollect(check.store.buckets({ series: series.slice(0, 6), buckets: 100 }))
      assert.equal(new Set(answers.map((answer) => answer.width)).size, 1)
      for (const { x, width } of answers) for (const edge of x) assert.ok(edge % width === 0)
    })
  },
  {
    name: "points that overlap older chunks in step are counted where they belong",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      for (let pass = 0; pass < 4; pass++) {
        yield* check.append(
          run,
          Array.from({ length: 3000 }, (_, i) => ({ step: (i * 4 + pass * 333) % 9000, values: { a: i + pass / 8 } }))
        )
        yield* check.store.compact(run, { final: pass % 2 === 1 })
      }
      yield* check.same(run)
    })
  },
  {
    name: "a bucket without finite values has NaN for min, max, mean and sum, and counts what it has",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      yield* check.append(
        run,
        Array.from({ length: 900 }, (_, i) => ({ step: i, values: { a: i < 600 ? odd[i % 3]! : i } }))
      )
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  }
]
