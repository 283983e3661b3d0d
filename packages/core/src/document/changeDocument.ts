/** Read, change, write, and again where someone else was faster. */
import { Clock, Effect, type Schema } from "effect"
import { StoreError } from "../store/StoreError.ts"
import type { DocumentStore } from "./DocumentStore.ts"

/** Attempts before giving up; only writers of the same key get in each other's way. */
const attempts = 20

/**
 * Replaces the document by what `change` makes of it (null: there is none yet) and gives the second half of its answer.
 * `change` runs again for each attempt; null as new body leaves the document alone. Fails with a retryable `StoreError` when
 * others were faster twenty times.
 */
export const changeDocument = Effect.fnUntraced(function* <A, E>(
  store: DocumentStore["Service"],
  collection: string,
  key: string,
  change: (body: Schema.Json | null) => Effect.Effect<readonly [body: Schema.Json | null, answer: A], E>
) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const present = yield* store.get(collection, key)
    const [body, answer] = yield* change(present?.body ?? null)
    if (body === null) return answer
    const now = yield* Clock.currentTimeMillis
    const written = yield* Effect.result(store.put({ collection, key, body, ifRev: present?.rev ?? 0, now }))
    if (written._tag === "Success") return answer
    if (written.failure._tag === "StoreError") return yield* written.failure
  }
  return yield* new StoreError({
    store: "documents",
    operation: "document.change",
    retryable: true,
    cause: `${collection}/${key} was changed by others ${attempts} times`
  })
})
