/** What rewinds and forks promise: older points beyond the cut are hidden, nothing is copied, nothing is lost. */
import { strict as assert } from "node:assert"
import { Effect } from "effect"
import type { MetricStore } from "../../../metric/MetricStore.ts"
import type { RunId } from "../../../run/Run.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { type CheckedStore, checkedStore, newRun, rowsOf } from "./CheckedStore.ts"

const ramp = (from: number, to: number, slope: number) =>
  rowsOf(
    "loss",
    Array.from({ length: to - from }, (_, i) => (from + i) * slope),
    from
  )

/** Compares all runs, compacts them, and compares them again. */
const sameThroughCompaction = (check: CheckedStore, ...runs: ReadonlyArray<RunId>) =>
  Effect.gen(function* () {
    for (const run of runs) yield* check.same(run)
    for (const run of runs) yield* check.store.compact(run)
    for (const run of runs) yield* check.same(run)
    for (const run of runs) yield* check.store.compact(run, { final: true })
    for (const run of runs) yield* check.same(run)
  })

export const segmentCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "a rewind hides points beyond its step, and new ones take their place",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, ramp(0, 300, 1))
      yield* check.append(run, [{ step: 290, values: { only: 1 } }])
      assert.equal(yield* check.rewind(run, 149.5), 1)
      yield* check.same(run)
      yield* check.append(run, ramp(150, 200, -1))
      yield* sameThroughCompaction(check, run)
    })
  },
  {
    name: "a rewind cuts through compacted chunks, between and inside their cells",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      for (const cut of [4095, 4096, 5000, 5000.5, -1, 9999]) {
        const run = yield* newRun
        yield* check.append(run, ramp(0, 10_000, 1))
        yield* check.store.compact(run, { final: true })
        yield* check.rewind(run, cut)
        yield* check.same(run)
        yield* check.append(run, ramp(4000, 6000, 3))
        yield* sameThroughCompaction(check, run)
      }
    })
  },
  {
    name: "rewinds follow one another; a later, deeper one also cuts what came between",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, ramp(0, 100, 1))
      yield* check.rewind(run, 60)
      yield* check.append(run, ramp(61, 140, 2))
      yield* check.rewind(run, 90)
      yield* check.append(run, ramp(91, 120, 3))
      yield* check.same(run)
      yield* check.rewind(run, 30)
      yield* check.append(run, ramp(25, 50, 4))
      yield* sameThroughCompaction(check, run)
    })
  },
  {
    name: "a fork reads its parent's points up to the fork step as its own",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [parent, child] = [yield* newRun, yield* newRun]
      yield* check.append(parent, ramp(0, 500, 1))
      yield* check.append(parent, [{ step: 400, values: { late: 1 }, texts: { note: "late" } }])
      yield* check.append(parent, [{ step: 40, texts: { note: "early" } }])
      yield* check.fork(child, { run: parent, segment: 0, step: 250 })
      yield* check.same(child)
      yield* check.append(child, ramp(251, 400, -1))
      yield* check.append(parent, ramp(200, 260, 7))
      yield* sameThroughCompaction(check, parent, child)
    })
  },
  {
    name: "a fork keeps what it forked from when the parent is rewound later",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [parent, child] = [yield* newRun, yield* newRun]
      yield* check.append(parent, ramp(0, 100, 1))
      yield* check.rewind(parent, 80)
      yield* check.append(parent, ramp(81, 160, 2))
      yield* check.fork(child, { run: parent, segment: 1, step: 120 })
      yield* check.append(child, ramp(121, 150, 3))
      yield* check.rewind(parent, 10)
      yield* check.append(parent, ramp(11, 200, 5))
      yield* sameThroughCompaction(check, child, parent)
    })
  },
  {
    name: "a fork of a fork reads through both, and its own rewind cuts what it inherited",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [a, b, c] = [yield* newRun, yield* newRun, yield* newRun]
      yield* check.append(a, ramp(0, 100, 1))
      yield* check.fork(b, { run: a, segment: 0, step: 50 })
      yield* check.append(b, ramp(51, 90, 2))
      yield* check.fork(c, { run: b, segment: 0, step: 70 })
      yield* check.append(c, ramp(71, 120, 3))
      yield* check.same(c)
      yield* check.rewind(c, 30)
      yield* check.append(c, ramp(31, 60, 4))
      yield* check.rewind(b, 20)
      yield* sameThroughCompaction(check, c, b, a)
    })
  },
  {
    name: "a deeper fork step than the grandparent's shares no more than that",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [a, b, c] = [yield* newRun, yield* newRun, yield* newRun]
      yield* check.append(a, ramp(0, 100, 1))
      yield* check.fork(b, { run: a, segment: 0, step: 20 })
      yield* check.fork(c, { run: b, segment: 0, step: 60 })
      yield* sameThroughCompaction(check, c, b)
    })
  }
]
