/** `ApiKeys` over the identity store: random keys, kept as hashes, found again through a cache of a few seconds. */
import { Clock, Effect, Layer } from "effect"
import { newIdentifier } from "../store/Identifier.ts"
import { checkWellFormed } from "../store/wellFormed.ts"
import type { ApiKey, ApiKeyCreate } from "./ApiKey.ts"
import { ApiKeys } from "./ApiKeys.ts"
import { IdentityStore } from "./IdentityStore.ts"
import type { Principal } from "./Principal.ts"

const keyLength = 48
/** No dash: W&B's client takes what stands before the first one for a prefix, and wants 40 characters after it. */
const alphabet = "ABCDEFGHJKMNabcdefghjkmn23456789"
const cacheMs = 5_000
const cacheSize = 10_000
/** A key's last use is written at most this often. */
const touchMs = 60_000

// 32 characters, so each random byte picks one without bias: 240 random bits a key.
const newKey = Effect.sync(() =>
  Array.from(crypto.getRandomValues(new Uint8Array(keyLength)), (byte) => alphabet[byte & 31]).join("")
)

/** Lower-case hex SHA-256 of a key. */
export const hashKey = (key: string): Effect.Effect<string> =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(key))),
    (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")
  )

const principalOf = (key: ApiKey): Principal => ({
  id: `key:${key.id}`,
  name: key.user,
  role: key.role,
  via: "key",
  ...(key.impersonate ? { impersonate: true } : {}),
  ...(key.projects === null ? {} : { projects: key.projects })
})

export const apiKeysLayer = Layer.effect(
  ApiKeys,
  Effect.gen(function* () {
    const store = yield* IdentityStore
    const cache = new Map<string, { readonly key: ApiKey | null; readonly until: number; touched: number }>()

    const create = Effect.fn("ApiKeys.create")(function* (input: ApiKeyCreate, owner: Principal | null) {
      const fault = checkWellFormed("", input)
      if (fault !== null) return yield* fault
      const key = yield* newKey
      const apiKey: ApiKey = {
        id: yield* newIdentifier,
        name: input.name ?? "",
        user: input.user ?? owner?.name ?? "local",
        role: input.role ?? "member",
        projects: input.projects ?? null,
        impersonate: input.impersonate ?? false,
        createdAt: yield* Clock.currentTimeMillis,
        expiresAt: input.expiresAt ?? null,
        lastUsedAt: null
      }
      const hash = yield* hashKey(key)
      yield* store.insertKey(apiKey, hash)
      cache.delete(hash)
      return { apiKey, key }
    })

    const authenticate = Effect.fn("ApiKeys.authenticate")(function* (key: string) {
      if (key.length === 0 || key.length > 1024) return null
      const hash = yield* hashKey(key)
      const now = yield* Clock.currentTimeMillis
      let entry = cache.get(hash)
      if (entry === undefined || entry.until <= now) {
        const found = yield* store.findKey(hash)
        if (cache.size >= cacheSize) cache.clear()
        entry = { key: found, until: now + cacheMs, touched: entry?.touched ?? found?.lastUsedAt ?? 0 }
        cache.set(hash, entry)
      }
      const { key: apiKey } = entry
      if (apiKey === null || (apiKey.expiresAt !== null && apiKey.expiresAt <= now)) return null
      if (now - entry.touched > touchMs) {
        entry.touched = now
        yield* store.touchKey(apiKey.id, now)
      }
      return principalOf(apiKey)
    })

    const revoke = Effect.fn("ApiKeys.revoke")(function* (id: string) {
      yield* store.deleteKey(id)
      cache.clear()
    })

    return ApiKeys.of({ create, authenticate, list: store.listKeys, revoke })
  })
)
