/** One holder of a name for a time, so that of several servers one compacts, collects garbage or schedules. */
import { Context, type Effect } from "effect"
import type { StoreError } from "../store/StoreError.ts"

export class Lease extends Context.Service<
  Lease,
  {
    /**
     * Takes or extends the lease on `name` for `holder`. Gives the fencing token, which grows with each new holder, or null
     * when someone else holds it.
     */
    acquire(name: string, holder: string, leaseMs: number, now: number): Effect.Effect<number | null, StoreError>
    release(name: string, holder: string): Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/Lease") {}
