/** `IdentityStore` over the in-memory tables. */
import { Effect } from "effect"
import { ApiKeyNotFound } from "../../identity/ApiKey.ts"
import { IdentityStore } from "../../identity/IdentityStore.ts"
import type { MemoryDatabase } from "../run/MemoryDatabase.ts"

export const memoryIdentityStore = (database: MemoryDatabase) =>
  IdentityStore.of({
    insertKey: (key, hash) =>
      database.use((tables) =>
        Effect.sync(() => {
          tables.keys.set(key.id, { key, hash })
        })
      ),
    findKey: (hash) =>
      database.use((tables) =>
        Effect.succeed([...tables.keys.values()].find((entry) => entry.hash === hash)?.key ?? null)
      ),
    listKeys: database.use((tables) =>
      Effect.succeed(
        [...tables.keys.values()]
          .map(({ key }) => key)
          .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      )
    ),
    deleteKey: (id) =>
      database.use((tables) => (tables.keys.delete(id) ? Effect.void : Effect.fail(new ApiKeyNotFound({ id })))),
    touchKey: (id, usedAt) =>
      database.use((tables) =>
        Effect.sync(() => {
          const entry = tables.keys.get(id)
          if (entry !== undefined) tables.keys.set(id, { ...entry, key: { ...entry.key, lastUsedAt: usedAt } })
        })
      ),
    putSecret: (name, value, expiresAt) =>
      database.use((tables) =>
        Effect.sync(() => {
          tables.secrets.set(name, { value, expiresAt })
        })
      ),
    takeSecret: (name, now) =>
      database.use((tables) =>
        Effect.sync(() => {
          const secret = tables.secrets.get(name)
          tables.secrets.delete(name)
          return secret !== undefined && secret.expiresAt > now ? secret.value : null
        })
      )
  })
