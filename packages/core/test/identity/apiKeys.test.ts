import { assert, layer } from "@effect/vitest"
import { ApiKeys, apiKeysLayer, IdentityStore, type Principal } from "@wanllmdb/core"
import { memoryMetadata } from "@wanllmdb/core/testing"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"

const owner: Principal = { id: "u1", name: "ada", role: "admin", via: "host" }

layer(apiKeysLayer.pipe(Layer.provideMerge(memoryMetadata)))("API keys", (it) => {
  it.effect("a key stands for its user with its role and limits", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const { apiKey, key } = yield* keys.create({ role: "ingest", projects: ["p"], impersonate: true }, owner)
      assert.match(key, /^[A-Za-z0-9]{40,}$/)
      assert.deepStrictEqual(yield* keys.authenticate(key), {
        id: `key:${apiKey.id}`,
        name: "ada",
        role: "ingest",
        via: "key",
        impersonate: true,
        projects: ["p"]
      })
    })
  )

  it.effect("what is no key stands for nobody", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      for (const key of ["", "x", "x".repeat(5_000)]) assert.isNull(yield* keys.authenticate(key))
    })
  )

  it.effect("the store never sees the key itself", () =>
    Effect.gen(function* () {
      const { key } = yield* (yield* ApiKeys).create({}, null)
      const store = yield* IdentityStore
      assert.isNull(yield* store.findKey(key))
      assert.notInclude(JSON.stringify(yield* store.listKeys), key)
    })
  )

  it.effect("an expired or revoked key stops at once where it was revoked", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const short = yield* keys.create({ expiresAt: 60_000 }, owner)
      assert.isNotNull(yield* keys.authenticate(short.key))
      yield* TestClock.adjust("61 seconds")
      assert.isNull(yield* keys.authenticate(short.key))
      const long = yield* keys.create({}, owner)
      assert.isNotNull(yield* keys.authenticate(long.key))
      yield* keys.revoke(long.apiKey.id)
      assert.isNull(yield* keys.authenticate(long.key))
      assert.strictEqual((yield* Effect.flip(keys.revoke(long.apiKey.id)))._tag, "ApiKeyNotFound")
    })
  )

  it.effect("the last use is written, but not for every request", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const { apiKey, key } = yield* keys.create({}, owner)
      const lastUse = Effect.map(keys.list, (all) => all.find(({ id }) => id === apiKey.id)?.lastUsedAt)
      yield* TestClock.adjust("2 minutes")
      yield* keys.authenticate(key)
      const first = yield* lastUse
      assert.isNotNull(first)
      yield* TestClock.adjust("10 seconds")
      yield* keys.authenticate(key)
      assert.strictEqual(yield* lastUse, first)
      yield* TestClock.adjust("2 minutes")
      yield* keys.authenticate(key)
      assert.notStrictEqual(yield* lastUse, first)
    })
  )
})
