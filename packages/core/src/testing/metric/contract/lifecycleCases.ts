/** What tails, deletion, retention and verification promise. */
import { strict as assert } from "node:assert"
import { Effect, Stream } from "effect"
import { MetricStore } from "../../../metric/MetricStore.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { toBucketSeries } from "../naiveBuckets.ts"
import { checkedStore, frameOf, newRun, rowsOf, scanAll } from "./CheckedStore.ts"
import { assertSameBuckets, assertSameSummaries } from "./sameAnswers.ts"

export const lifecycleCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "a tail gives each frame once, in order, from any cursor, in pages of about the size asked for",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const bodies = Array.from({ length: 12 }, (_, i) => frameOf(rowsOf("a", [i, i + 1], i * 2)))
      for (const body of bodies) yield* check.appendFrame(run, body)
      yield* check.rewind(run, 10)
      const last = frameOf(rowsOf("a", [99], 11))
      yield* check.appendFrame(run, last)
      const got: Array<readonly [number, number, string]> = []
      let cursor = 0
      for (;;) {
        const page = yield* check.store.tail({ run, since: cursor, maxBytes: bodies[0]!.length * 3 })
        assert.equal(page.reset, false)
        if (page.frames.length === 0) break
        assert.ok(page.frames.length <= 3)
        for (const { sequence, segment, body } of page.frames) got.push([sequence, segment, [...body].join()])
        cursor = page.cursor
      }
      assert.deepEqual(
        got,
        [...bodies, last].map((body, i) => [i + 1, i === 12 ? 1 : 0, [...body].join()])
      )
      assert.equal(cursor, yield* check.store.head(run))
    })
  },
  {
    name: "a tail after compaction gives the missing frames or says reset with the present cursor, never a hole",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      for (let i = 0; i < 10; i++) yield* check.append(run, rowsOf("a", [i], i))
      yield* check.store.compact(run, { final: true })
      const old = yield* check.store.tail({ run, since: 2 })
      if (old.reset) assert.equal(old.cursor, 10)
      else
        assert.deepEqual(
          old.frames.map((frame) => frame.sequence),
          [3, 4, 5, 6, 7, 8, 9, 10]
        )
      yield* check.append(run, rowsOf("a", [10], 10))
      const fresh = yield* check.store.tail({ run, since: 10 })
      assert.equal(fresh.reset, false)
      assert.deepEqual(
        fresh.frames.map((frame) => frame.sequence),
        [11]
      )
      const idle = yield* check.store.tail({ run, since: 11 })
      assert.deepEqual(idle, { frames: [], cursor: 11, reset: false })
    })
  },
  {
    name: "a cursor from the future is told to read again",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, rowsOf("a", [1]))
      const page = yield* check.store.tail({ run, since: 7 })
      assert.deepEqual(page, { frames: [], cursor: 1, reset: true })
    })
  },
  {
    name: "a deleted key is gone from every answer, and can be logged again",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const rows = Array.from({ length: 300 }, (_, i) => ({
        step: i,
        values: { keep: i, drop: -i },
        texts: i % 50 === 0 ? { words: `w${i}` } : {}
      }))
      yield* check.append(run, rows.slice(0, 200))
      yield* check.store.compact(run, { final: true })
      yield* check.append(run, rows.slice(200))
      yield* check.delete(run, "drop")
      yield* check.delete(run, "words")
      yield* check.delete(run, "never")
      yield* check.same(run)
      yield* check.append(run, rowsOf("drop", [5, 6], 1000))
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "a deleted run is empty, and deleting it again is fine",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [run, other] = [yield* newRun, yield* newRun]
      yield* check.append(run, rowsOf("a", [1, 2, 3]))
      yield* check.store.compact(run, { final: true })
      yield* check.append(run, rowsOf("a", [4], 3))
      yield* check.append(other, rowsOf("a", [1, 2, 3]))
      yield* check.delete(run)
      yield* check.delete(run)
      assert.deepEqual(yield* check.store.keys({ run }), [])
      assert.deepEqual(yield* check.store.summaries({ run }), [])
      assert.deepEqual(yield* scanAll(check.store, { run, key: "a" }), [])
      yield* check.same(other)
    })
  },
  {
    name: "dropping raw points keeps buckets and summaries and leaves newer points whole",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const start = 1_700_000_000_000
      const rows = Array.from({ length: 30_000 }, (_, i) => ({
        step: i,
        time: start + i * 1000,
        values: { a: Math.fround(Math.sin(i / 100)) }
      }))
      for (let i = 0; i < rows.length; i += 5000) yield* check.append(run, rows.slice(i, i + 5000))
      yield* check.store.compact(run, { final: true })
      const query = { series: [{ run, key: "a" }], buckets: 60 }
      const before = check.model.buckets(query).map((series) => toBucketSeries(series, 0))
      yield* check.store.dropRaw(run, start + 15_000 * 1000)
      assertSameBuckets(yield* Stream.runCollect(check.store.buckets(query)), before, "buckets after dropRaw")
      assertSameSummaries(yield* check.store.summaries({ run }), check.model.summaries(run))
      const left = yield* scanAll(check.store, { run, key: "a" })
      assert.deepEqual(
        left.filter((point) => point.step >= 15_000).map((point) => point.value),
        rows.slice(15_000).map((row) => row.values.a)
      )
      assert.deepEqual((yield* check.store.verify(run)).faults, [])
    })
  },
  {
    name: "verify finds nothing wrong with what was stored",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, rowsOf("a", [1, Number.NaN, 3]))
      yield* check.append(run, [{ step: 5, texts: { t: "x" }, records: { r: { a: 1 } } }])
      yield* check.store.compact(run)
      yield* check.append(run, rowsOf("a", [4], 3))
      const report = yield* check.store.verify(run)
      assert.equal(report.run, run)
      assert.deepEqual(report.faults, [])
      assert.ok(report.points > 0)
    })
  },
  {
    name: "compacting an empty, a compacted and a busy run at once changes no answer",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const store = yield* MetricStore
      const run = yield* newRun
      yield* store.compact(run)
      yield* Effect.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 3 === 2 ? store.compact(run) : check.append(run, rowsOf("a", [i, i + 0.5], i * 2))
        ),
        { concurrency: 4 }
      )
      yield* Effect.all(
        [store.compact(run, { final: true }), store.compact(run), store.compact(run, { final: true })],
        {
          concurrency: "unbounded"
        }
      )
      const [summary] = yield* store.summaries({ run })
      assert.equal(summary?.count, check.model.summaries(run)[0]!.count)
      const points = yield* scanAll(store, { run, key: "a" })
      assert.deepEqual(
        points.map(({ step, value }) => [step, value]),
        check.model.scan({ run, key: "a" }).map(({ step, value }) => [step, value])
      )
    })
  }
]
