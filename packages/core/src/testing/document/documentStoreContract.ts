/** What every `DocumentStore` promises. */
import assert from "node:assert/strict"
import { Effect, type Schema } from "effect"
import { changeDocument } from "../../document/changeDocument.ts"
import { DocumentStore } from "../../document/DocumentStore.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

const setup = Effect.gen(function* () {
  const store = yield* DocumentStore
  const collection = yield* newIdentifier
  const put = (key: string, body: Schema.Json, ifRev = 0) => store.put({ collection, key, body, ifRev, now: 1_000.5 })
  return { store, collection, put }
})

export const documentStoreContract: ReadonlyArray<ContractCase<DocumentStore>> = [
  {
    name: "gives a document back as it was put, and null for one that is not there",
    run: Effect.gen(function* () {
      const { collection, put, store } = yield* setup
      const body = { text: "žluťoučký 🐎", list: [1, -0.5, null, true], nested: { "": {} } }
      assert.equal(yield* put("a", body), 1)
      assert.deepEqual(yield* store.get(collection, "a"), { key: "a", rev: 1, body, updatedAt: 1_000.5 })
      assert.equal(yield* store.get(collection, "b"), null)
      assert.equal(yield* store.get(yield* newIdentifier, "a"), null)
    })
  },
  {
    name: "refuses a write on another revision than the present one, and keeps what is there",
    run: Effect.gen(function* () {
      const { collection, put, store } = yield* setup
      yield* put("a", 1)
      for (const rev of [0, 2]) {
        const refused = yield* Effect.flip(put("a", 2, rev))
        assert.equal(refused._tag, "DocumentChanged")
      }
      assert.equal((yield* Effect.flip(put("new", 2, 1)))._tag, "DocumentChanged")
      assert.equal((yield* store.get(collection, "a"))?.body, 1)
      assert.equal(yield* put("a", 3, 1), 2)
      assert.equal((yield* store.get(collection, "a"))?.body, 3)
    })
  },
  {
    name: "of many that change one document at once none is lost",
    run: Effect.gen(function* () {
      const { collection, store } = yield* setup
      const add = changeDocument(store, collection, "count", (body) =>
        Effect.succeed([(typeof body === "number" ? body : 0) + 1, null] as const)
      )
      yield* Effect.all(
        Array.from({ length: 8 }, () => add),
        { concurrency: "unbounded", discard: true }
      )
      assert.equal((yield* store.get(collection, "count"))?.body, 8)
    })
  },
  {
    name: "lists in code point order, by prefix and by page",
    run: Effect.gen(function* () {
      const { collection, put, store } = yield* setup
      for (const key of ["b", "a/2", "a/1", "a/𐀀", "a/\uff5e", "a%"]) yield* put(key, key)
      const keys = (query: { readonly prefix?: string; readonly after?: string; readonly limit?: number }) =>
        Effect.map(store.list({ collection, ...query }), (documents) => documents.map(({ key }) => key))
      assert.deepEqual(yield* keys({}), ["a%", "a/1", "a/2", "a/\uff5e", "a/𐀀", "b"])
      assert.deepEqual(yield* keys({ prefix: "a/" }), ["a/1", "a/2", "a/\uff5e", "a/𐀀"])
      assert.deepEqual(yield* keys({ prefix: "a/", after: "a/1", limit: 2 }), ["a/2", "a/\uff5e"])
      assert.deepEqual(yield* store.list({ collection: yield* newIdentifier }), [])
    })
  },
  {
    name: "a deleted document is gone, and can be made again",
    run: Effect.gen(function* () {
      const { collection, put, store } = yield* setup
      yield* put("a", 1)
      yield* store.delete(collection, "a")
      yield* store.delete(collection, "a")
      assert.equal(yield* store.get(collection, "a"), null)
      assert.equal(yield* put("a", 2), 1)
    })
  }
]
