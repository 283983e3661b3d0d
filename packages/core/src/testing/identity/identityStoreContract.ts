/** What every `IdentityStore` promises. */
import assert from "node:assert/strict"
import { Effect } from "effect"
import type { ApiKey } from "../../identity/ApiKey.ts"
import { IdentityStore } from "../../identity/IdentityStore.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

const newKey = Effect.fnUntraced(function* (over: Partial<ApiKey> = {}) {
  const id = yield* newIdentifier
  const key: ApiKey = {
    id,
    name: "ci",
    user: "ada",
    role: "ingest",
    projects: ["p1"],
    impersonate: true,
    createdAt: 1_790_000_000_000.5,
    expiresAt: null,
    lastUsedAt: null,
    ...over
  }
  return { key, hash: id + id }
})

export const identityStoreContract: ReadonlyArray<ContractCase<IdentityStore>> = [
  {
    name: "finds a key by its hash, whole, and no other",
    run: Effect.gen(function* () {
      const store = yield* IdentityStore
      const { key, hash } = yield* newKey()
      yield* store.insertKey(key, hash)
      assert.deepStrictEqual(yield* store.findKey(hash), key)
      assert.equal(yield* store.findKey(`${hash.slice(1)}0`), null)
      yield* store.touchKey(key.id, 5)
      assert.equal((yield* store.findKey(hash))?.lastUsedAt, 5)
    })
  },
  {
    name: "lists keys newest first and forgets what is deleted",
    run: Effect.gen(function* () {
      const store = yield* IdentityStore
      const [old, young] = yield* Effect.all([newKey({ createdAt: 1 }), newKey({ createdAt: 2, projects: null })])
      yield* store.insertKey(old.key, old.hash)
      yield* store.insertKey(young.key, young.hash)
      const ids = [old.key.id, young.key.id]
      const listed = (yield* store.listKeys).filter(({ id }) => ids.includes(id))
      assert.deepStrictEqual(listed, [young.key, old.key])
      yield* store.deleteKey(old.key.id)
      assert.equal(yield* store.findKey(old.hash), null)
      assert.equal((yield* Effect.flip(store.deleteKey(old.key.id)))._tag, "ApiKeyNotFound")
    })
  },
  {
    name: "a secret is taken once, by one, and not after its time",
    run: Effect.gen(function* () {
      const store = yield* IdentityStore
      const name = yield* newIdentifier
      yield* store.putSecret(name, "old", 100)
      yield* store.putSecret(name, "new", 100)
      const taken = yield* Effect.all([store.takeSecret(name, 50), store.takeSecret(name, 50)], { concurrency: 2 })
      assert.deepStrictEqual([...taken].sort(), ["new", null])
      yield* store.putSecret(name, "late", 100)
      assert.equal(yield* store.takeSecret(name, 100), null)
      assert.equal(yield* store.takeSecret("never", 0), null)
    })
  }
]
