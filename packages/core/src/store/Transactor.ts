/** Groups the operations of several metadata ports into one transaction. */
import { Context, type Effect } from "effect"
import type { StoreError } from "./StoreError.ts"

export class Transactor extends Context.Service<
  Transactor,
  {
    /**
     * Runs `effect` with every metadata operation inside it in one transaction: commits on success, rolls back on
     * failure, defect and interruption. A nested call joins the transaction around it. Metrics, logs and blobs do not take part.
     */
    transaction<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StoreError, R>
  }
>()("@wanllmdb/core/Transactor") {}
