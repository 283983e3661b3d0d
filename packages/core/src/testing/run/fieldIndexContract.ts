/** What every `FieldIndex` promises. */
import assert from "node:assert/strict"
import { Effect } from "effect"
import type { ProjectStore } from "../../project/ProjectStore.ts"
import { FieldIndex } from "../../run/search/FieldIndex.ts"
import type { ContractCase } from "../ContractCase.ts"
import { freshProject } from "../project/freshProject.ts"

const page = (field: string, block: number, ...bytes: ReadonlyArray<number>) => ({
  field,
  block,
  body: Uint8Array.from(bytes)
})

export const fieldIndexContract: ReadonlyArray<ContractCase<FieldIndex | ProjectStore>> = [
  {
    name: "an index that nobody wrote is empty",
    run: Effect.gen(function* () {
      const index = yield* FieldIndex
      const { id } = yield* freshProject()
      assert.deepStrictEqual(yield* index.head(id), { rev: 0, sequence: 0 })
      assert.deepStrictEqual(yield* index.fields(id), [])
      assert.deepStrictEqual(yield* index.column(id, "a"), [])
      assert.deepStrictEqual(yield* index.block(id, 0), [])
    })
  },
  {
    name: "gives back pages by field and by block, as they were written last",
    run: Effect.gen(function* () {
      const index = yield* FieldIndex
      const { id } = yield* freshProject()
      const long = `config.${"é".repeat(500)}`
      const pages = [page("a", 1, 1), page("a", 0, 2, 0, 255), page(long, 1, 3)]
      assert.equal(yield* index.commit({ project: id, expectedRev: 0, sequence: 7, pages }), true)
      assert.deepStrictEqual(yield* index.head(id), { rev: 1, sequence: 7 })
      assert.deepStrictEqual([...(yield* index.fields(id))].sort(), ["a", long])
      assert.deepStrictEqual(yield* index.column(id, "a"), [page("a", 0, 2, 0, 255), page("a", 1, 1)])
      assert.equal((yield* index.block(id, 1)).length, 2)
      const next = [page("a", 1, 9), { field: long, block: 1, body: new Uint8Array(0) }]
      assert.equal(yield* index.commit({ project: id, expectedRev: 1, sequence: 8, pages: next }), true)
      assert.deepStrictEqual(yield* index.block(id, 1), [page("a", 1, 9)])
      assert.deepStrictEqual(yield* index.fields(id), ["a"])
    })
  },
  {
    name: "of two processes that commit over the same rev one wins, and the other changes nothing",
    run: Effect.gen(function* () {
      const index = yield* FieldIndex
      const { id } = yield* freshProject()
      const commit = (expectedRev: number, value: number) =>
        index.commit({ project: id, expectedRev, sequence: value, pages: [page("a", 0, value)] })
      assert.deepStrictEqual([yield* commit(0, 1), yield* commit(0, 2)], [true, false])
      const both = yield* Effect.all([commit(1, 3), commit(1, 4)], { concurrency: 2 })
      assert.deepStrictEqual([...both].sort(), [false, true])
      const { rev, sequence } = yield* index.head(id)
      assert.equal(rev, 2)
      assert.deepStrictEqual(yield* index.column(id, "a"), [page("a", 0, sequence)])
    })
  },
  {
    name: "indexes of projects are apart",
    run: Effect.gen(function* () {
      const index = yield* FieldIndex
      const [a, b] = yield* Effect.all([freshProject(), freshProject()])
      yield* index.commit({ project: a.id, expectedRev: 0, sequence: 1, pages: [page("x", 0, 1)] })
      assert.deepStrictEqual(yield* index.fields(b.id), [])
      assert.equal(yield* index.commit({ project: b.id, expectedRev: 0, sequence: 1, pages: [] }), true)
    })
  }
]
