/** What appends of numbered rows promise: each row once, whatever a client sends again, and gaps may fill later. */
import { strict as assert } from "node:assert"
import { Effect } from "effect"
import { MetricStore, type NumberedRows } from "../../../metric/MetricStore.ts"
import { missingRows } from "../../../metric/row/rowRanges.ts"
import type { RunId } from "../../../run/Run.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { frameOf, newRun, rowsOf } from "./CheckedStore.ts"

const history = { stream: "history", client: "" }

const setup = Effect.gen(function* () {
  const store = yield* MetricStore
  const run = yield* newRun
  const append = (
    from: number,
    to: number,
    place: Pick<NumberedRows, "stream" | "client"> = history,
    of: RunId = run
  ) =>
    store.append({
      run: of,
      frame: frameOf(
        rowsOf(
          "loss",
          Array.from({ length: to - from }, (_, i) => from + i),
          from
        )
      ),
      rows: { ...place, from, to },
      accepted: to - from,
      rejected: 0
    })
  const received = (place: Pick<NumberedRows, "stream" | "client"> = history) => store.receivedRows({ run, ...place })
  const count = Effect.map(store.summaries({ run }), (summaries) => summaries[0]?.count ?? 0)
  return { store, run, append, received, count }
})

export const numberedRowCases: ReadonlyArray<ContractCase<MetricStore>> = [
  {
    name: "numbered rows that were received before are refused, none of the batch is stored",
    run: Effect.gen(function* () {
      const { append, count, received } = yield* setup
      assert.deepEqual(yield* received(), [])
      yield* append(0, 10)
      for (const [from, to] of [
        [0, 10],
        [9, 12],
        [3, 4]
      ] as const) {
        assert.equal((yield* Effect.flip(append(from, to)))._tag, "RowsReceived")
      }
      assert.deepEqual(yield* received(), [[0, 10]])
      assert.equal(yield* count, 10)
    })
  },
  {
    name: "gaps between numbered rows are kept as gaps and may be filled later",
    run: Effect.gen(function* () {
      const { append, count, received } = yield* setup
      yield* append(0, 2)
      yield* append(4, 6)
      yield* append(8, 9)
      assert.deepEqual(yield* received(), [
        [0, 2],
        [4, 6],
        [8, 9]
      ])
      yield* append(2, 4)
      assert.deepEqual(yield* received(), [
        [0, 6],
        [8, 9]
      ])
      for (const [from, to] of missingRows(yield* received(), 0, 12)) yield* append(from, to)
      assert.deepEqual(yield* received(), [[0, 12]])
      assert.equal(yield* count, 12)
    })
  },
  {
    name: "streams, clients and runs number their rows apart",
    run: Effect.gen(function* () {
      const { append, count, received } = yield* setup
      const other = yield* newRun
      yield* append(0, 3)
      yield* append(0, 4, { stream: "events", client: "" })
      yield* append(0, 5, { stream: "history", client: "rank1" })
      yield* append(0, 6, history, other)
      assert.deepEqual(yield* received(), [[0, 3]])
      assert.deepEqual(yield* received({ stream: "events", client: "" }), [[0, 4]])
      assert.deepEqual(yield* received({ stream: "history", client: "rank1" }), [[0, 5]])
      assert.equal(yield* count, 12)
    })
  },
  {
    name: "a rewind makes row numbers free again, a deletion too",
    run: Effect.gen(function* () {
      const { append, count, received, run, store } = yield* setup
      yield* append(0, 10)
      yield* store.rewind(run, 4)
      assert.deepEqual(yield* received(), [])
      yield* append(5, 8)
      assert.equal((yield* Effect.flip(append(7, 9)))._tag, "RowsReceived")
      assert.equal(yield* count, 8)
      yield* store.delete(run)
      assert.deepEqual(yield* received(), [])
      yield* append(0, 1)
      assert.equal(yield* count, 1)
    })
  },
  {
    name: "of many that send the same numbered rows at once one stores them",
    run: Effect.gen(function* () {
      const { append, count } = yield* setup
      const results = yield* Effect.all(
        Array.from({ length: 8 }, () => Effect.result(append(0, 5))),
        { concurrency: "unbounded" }
      )
      assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 1)
      assert.equal(yield* count, 5)
    })
  }
]
