/** `DocumentStore` over the in-memory tables. */
import { Effect } from "effect"
import { DocumentChanged, DocumentStore } from "../../document/DocumentStore.ts"
import { compareCodePoints } from "../../metric/codePointOrder.ts"
import type { MemoryDatabase } from "../run/MemoryDatabase.ts"

const placeOf = (collection: string, key: string) => JSON.stringify([collection, key])

export const memoryDocumentStore = (database: MemoryDatabase) =>
  DocumentStore.of({
    get: (collection, key) =>
      database.use((tables) => Effect.sync(() => tables.documents.get(placeOf(collection, key))?.document ?? null)),
    put: ({ body, collection, ifRev, key, now }) =>
      database.use((tables) =>
        Effect.suspend(() => {
          const place = placeOf(collection, key)
          if ((tables.documents.get(place)?.document.rev ?? 0) !== ifRev) {
            return Effect.fail(new DocumentChanged({ collection, key }))
          }
          const rev = ifRev + 1
          // A copy, as every other store gives.
          const kept = JSON.parse(JSON.stringify(body))
          tables.documents.set(place, { collection, document: { key, rev, body: kept, updatedAt: now } })
          return Effect.succeed(rev)
        })
      ),
    list: ({ after, collection, limit, prefix = "" }) =>
      database.use((tables) =>
        Effect.sync(() =>
          [...tables.documents.values()]
            .filter(
              ({ collection: of, document: { key } }) =>
                of === collection &&
                key.startsWith(prefix) &&
                (after === undefined || compareCodePoints(key, after) > 0)
            )
            .map(({ document }) => document)
            .sort((a, b) => compareCodePoints(a.key, b.key))
            .slice(0, Math.min(limit ?? 1_000, 10_000))
        )
      ),
    delete: (collection, key) =>
      database.use((tables) => Effect.sync(() => void tables.documents.delete(placeOf(collection, key))))
  })
