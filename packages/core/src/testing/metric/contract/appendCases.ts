/** What an append promises: kept to the bit, once, in order, whatever the client repeats or skips. */
import { strict as assert } from "node:assert"
import { Effect } from "effect"
import { encodeFrame } from "../../../metric/frame/encodeFrame.ts"
import type { MetricStore } from "../../../metric/MetricStore.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { checkedStore, frameOf, newRun, rowsOf, startTime } from "./CheckedStore.ts"

const oddValues = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, -5e-324]
const moreValues = [Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 1 / 3, Math.fround(1 / 3), 1e-310]

export const appendCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "gives back every value to the bit, NaN, infinities, -0 and subnormals too, before and after compaction",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, rowsOf("odd", [...oddValues, ...moreValues]))
      yield* check.append(run, rowsOf("nan", [Number.NaN, Number.NaN]))
      yield* check.append(run, rowsOf("zero", [0, -0, 0]))
      yield* check.same(run)
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "a retried batch never doubles and answers the counts of the first time",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const rows = rowsOf("loss", [3, 2, 1])
      yield* check.append(run, rows, { writer: "w1", sequence: 1 }, 2)
      yield* check.append(run, rows, { writer: "w1", sequence: 1 }, 2)
      yield* check.append(run, rowsOf("loss", [0], 3), { writer: "w1", sequence: 2 })
      yield* check.store.compact(run, { final: true })
      yield* check.append(run, rows, { writer: "w1", sequence: 1 })
      yield* check.append(run, rowsOf("loss", [0], 3), { writer: "w1", sequence: 2 })
      yield* check.append(run, rows, { writer: "w2", sequence: 1 })
      yield* check.same(run)
    })
  },
  {
    name: "a gap in a writer's sequence stores nothing and names what is expected",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.append(run, rowsOf("loss", [1]), { writer: "w", sequence: 2 })
      yield* check.append(run, rowsOf("loss", [1]), { writer: "w", sequence: 1 })
      yield* check.append(run, rowsOf("loss", [2]), { writer: "w", sequence: 3 })
      yield* check.append(run, rowsOf("loss", [2], 1), { writer: "w", sequence: 2 })
      yield* check.same(run)
    })
  },
  {
    name: "writers of one run do not disturb each other, nor the same writer in another run",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [run, other] = [yield* newRun, yield* newRun]
      for (let sequence = 1; sequence <= 3; sequence++) {
        yield* check.append(run, rowsOf("a", [sequence], sequence), { writer: "x", sequence })
        yield* check.append(run, rowsOf("a", [-sequence], sequence), { writer: "y", sequence })
        yield* check.append(other, rowsOf("a", [sequence * 10], sequence), { writer: "x", sequence })
      }
      yield* check.same(run)
      yield* check.same(other)
    })
  },
  {
    name: "an empty frame takes its sequence and changes nothing else",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      yield* check.appendFrame(run, encodeFrame([]), { writer: "w", sequence: 1 }, 5)
      yield* check.appendFrame(run, encodeFrame([]), { writer: "w", sequence: 1 }, 5)
      yield* check.append(run, rowsOf("a", [1]), { writer: "w", sequence: 2 })
      yield* check.store.compact(run, { final: true })
      yield* check.same(run)
    })
  },
  {
    name: "batches that arrive at once are all kept, each with its own sequence",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const receipts = yield* Effect.all(
        Array.from({ length: 40 }, (_, i) =>
          check.store.append({ run, frame: frameOf(rowsOf(`k${i % 4}`, [i], i)), accepted: 1, rejected: 0 })
        ),
        { concurrency: "unbounded" }
      )
      const sequences = receipts.map((receipt) => receipt.sequence).sort((a, b) => a - b)
      assert.deepEqual(
        sequences,
        Array.from({ length: 40 }, (_, i) => i + 1)
      )
      const summaries = yield* check.store.summaries({ run })
      assert.deepEqual(
        summaries.map(({ key, count }) => [key, count]),
        ["k0", "k1", "k2", "k3"].map((key) => [key, 10])
      )
    })
  },
  {
    name: "a batch that is repeated while its first copy is being stored is stored once",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const batch = { run, frame: frameOf(rowsOf("a", [1, 2])), accepted: 2, rejected: 0 }
      const receipts = yield* Effect.all(
        Array.from({ length: 8 }, () => check.store.append({ ...batch, writer: { writer: "w", sequence: 1 } })),
        { concurrency: "unbounded" }
      )
      assert.equal(receipts.filter((receipt) => !receipt.duplicate).length, 1)
      for (const receipt of receipts) assert.equal(receipt.accepted, 2)
      const [summary] = yield* check.store.summaries({ run })
      assert.equal(summary?.count, 2)
    })
  },
  {
    name: "a run's sequence is its own and `head` follows it; `changed` names the runs that are ahead",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const [a, b, never] = [yield* newRun, yield* newRun, yield* newRun]
      yield* check.append(a, rowsOf("x", [1]))
      yield* check.append(a, rowsOf("x", [1]))
      yield* check.append(b, rowsOf("x", [1]))
      assert.equal(yield* check.store.head(a), 2)
      assert.equal(yield* check.store.head(never), 0)
      const changed = yield* check.store.changed([
        { run: a, since: 1 },
        { run: b, since: 1 },
        { run: never, since: 0 }
      ])
      assert.deepEqual(changed, [a])
    })
  },
  {
    name: "bytes at any address are kept as they are",
    run: Effect.gen(function* () {
      const check = yield* checkedStore
      const run = yield* newRun
      const frame = frameOf([{ step: 1, time: startTime, values: { a: 1 }, texts: { t: "é" } }])
      const moved = new Uint8Array(frame.length + 3).subarray(3)
      moved.set(frame)
      yield* check.appendFrame(run, moved)
      yield* check.same(run)
      const page = yield* check.store.tail({ run, since: 0 })
      assert.deepEqual([...page.frames[0]!.body], [...frame])
    })
  }
]
