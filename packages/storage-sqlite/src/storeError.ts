/** Any fault of SQLite as the error of the ports, with the adapter's verdict on whether repeating helps. */
import { StoreError } from "@wanllmdb/core"
import { Effect } from "effect"
import { faultOf, reasonOf } from "./driver/SqliteFault.ts"

export const storeError = (operation: string, cause: unknown): StoreError => {
  const fault = faultOf(cause)
  const reason = reasonOf(fault)
  return new StoreError({
    store: "sqlite",
    operation,
    retryable: fault.retryable,
    ...(reason !== undefined && { reason }),
    cause: fault
  })
}

/** A promise of the writer or reader as an effect that fails with `StoreError`. */
export const attempt = <A>(operation: string, run: () => Promise<A>): Effect.Effect<A, StoreError> =>
  Effect.tryPromise({ try: run, catch: (cause) => storeError(operation, cause) })

/** The same for work that is done at once. */
export const attemptSync = <A>(operation: string, run: () => A): Effect.Effect<A, StoreError> =>
  Effect.try({ try: run, catch: (cause) => storeError(operation, cause) })
