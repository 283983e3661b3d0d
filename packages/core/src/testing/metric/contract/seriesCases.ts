/** What series promise: order, repeats, odd steps, kinds and keys. */
import { strict as assert } from "node:assert"
import { Effect } from "effect"
import type { MetricStore } from "../../../metric/MetricStore.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { checkedStore, newRun, type Row, rowsOf } from "./CheckedStore.ts"

const scrambled = (count: number): ReadonlyArray<Row> =>
  Array.from({ length: count }, (_, i) => {
    const step = (i * 7919) % count
    return { step, values: { a: Math.sin(step), b: step % 5 === 0 ? Number.NaN : step } }
  })

export const seriesCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "points come back in order of (step, arrival), however they came",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const rows = scrambled(500)
      for (let i = 0; i < rows.length; i += 90) {
        yield* check.append(run, rows.slice(i, i + 90))
        if (i === 180) yield* check.store.compact(run)
      }
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "repeats of a step are all kept; `last` gives the last that arrived, also across compaction",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, [...rowsOf("a", [1, 2, 3]), ...rowsOf("a", [4, 5, 6])])
      yield* check.store.compact(run, { final: true })
      yield* check.append(run, rowsOf("a", [7, 8], 1))
      yield* check.append(run, rowsOf("a", [9], 1))
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "steps may be fractions, negative, and as large as 2^53",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const steps = [-(2 ** 53), -1.5, -0, 0, 1e-9, 0.25, 1 / 3, 1, 1.000000001, 12345.678, 2 ** 53 - 1, 2 ** 53]
      yield* check.append(
        run,
        steps.map((step, i) => ({ step, time: 1e12 + i, values: { a: i } }))
      )
      yield* check.append(
        run,
        Array.from({ length: 300 }, (_, i) => ({
          step: i / 100 - 1,
          time: 1e12 + i,
          values: { f: Math.fround(i / 7) }
        }))
      )
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "keys that only some rows have keep to their own rows",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(
        run,
        Array.from({ length: 200 }, (_, i) => ({
          step: i,
          values: {
            always: i,
            ...(i % 10 === 0 ? { "val/acc": i / 200 } : {}),
            ...(i > 150 ? { late: Math.PI * i } : {})
          }
        }))
      )
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "texts, histograms and records come back whole and count in their summaries",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const rows: ReadonlyArray<Row> = Array.from({ length: 50 }, (_, i) => ({
        step: 49 - i,
        values: { loss: i },
        texts: { sample: i % 7 === 0 ? "" : `text ${i} é🦊` },
        ...(i % 3 === 0 ? { histograms: { grad: { edges: [i, i + 0.5, i + 2], counts: [1, 1e9 + i] } } } : {}),
        ...(i % 5 === 0
          ? { records: { image: { path: `media/${i}.png`, size: [i, null, true], note: "\u2028" } } }
          : {})
      }))
      yield* check.append(run, rows.slice(0, 20))
      yield* check.store.compact(run)
      yield* check.append(run, rows.slice(20))
      yield* check.append(run, [{ step: 3, texts: { sample: "again" } }])
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "keys are listed by prefix in code point order, in pages, with names of 1,024 bytes of any Unicode",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const names = [
        "a",
        "a/b",
        "a/b/c",
        "a%",
        "a_",
        "b",
        "é",
        "\ue000",
        "\ufffd",
        "\u{10000}",
        "🦊",
        "__proto__",
        " ",
        "A"
      ]
      const long = `${"é".repeat(500)}${"🦊".repeat(6)}`
      yield* check.append(run, [
        { step: 0, values: Object.fromEntries([...names, long, `${long.slice(0, -2)}x`].map((name, i) => [name, i])) }
      ])
      yield* check.append(run, [{ step: 1, texts: { "a/text": "x" } }])
      for (const prefix of ["", "a", "a/", "a%", "é", "🦊", "none"]) {
        const expected = check.model.keys(run, prefix)
        assert.deepEqual(yield* check.store.keys({ run, prefix }), expected)
        const paged: Array<string> = []
        for (;;) {
          const after = paged.at(-1)
          const page = yield* check.store.keys({ run, prefix, limit: 3, ...(after === undefined ? {} : { after }) })
          paged.push(...page)
          if (page.length < 3) break
        }
        assert.deepEqual(paged, expected)
      }
      const chosen = ["a/b", "🦊", "missing"]
      assert.deepEqual(
        (yield* check.store.summaries({ run, keys: chosen })).map(({ key }) => key),
        ["a/b", "🦊"]
      )
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "a run may have 10,000 keys",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const values = (step: number) =>
        Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`layer.${i}/norm`, i + step / 10]))
      for (let step = 0; step < 3; step++) yield* check.append(run, [{ step, values: values(step) }])
      const summarised = Effect.gen(function* () {
        const summaries = yield* check.store.summaries({ run })
        assert.equal(summaries.length, 10_000)
        for (const { count, mean, key } of summaries) {
          assert.equal(count, 3)
          assert.ok(Math.abs(mean - (Number(key.split(/[./]/)[1]) + 0.1)) < 1e-9)
        }
        assert.equal((yield* check.store.keys({ run, limit: 10_000 })).length, 10_000)
        yield* check.scan({ run, key: "layer.7777/norm" })
      })
      yield* summarised
      yield* check.store.compact(run, { final: true })
      yield* summarised
    })
  },
  {
    name: "unknown runs and keys give empty answers",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.same(run)
      yield* check.scan({ run, key: "none" })
      yield* check.buckets({ series: [{ run, key: "none" }] })
      yield* check.buckets({ series: [] })
      assert.deepEqual(yield* check.store.tail({ run, since: 0 }), { frames: [], cursor: 0, reset: false })
      yield* check.store.compact(run, { final: true })
      assert.deepEqual((yield* check.store.verify(run)).faults, [])
    })
  }
]
