/** One holder of a name for a time, so that of several servers one compacts, collects garbage or schedules. */
import { Context, type Effect } from "effect"
import type { StoreError } from "../store/StoreError.ts"

/** By how much the clocks of servers on the same stores may differ. */
export const clockSkewMs = 10 * 60_000

export class Lease extends Context.Service<
  Lease,
  {
    /**
     * Takes or extends the lease on `name` for `holder`. Gives the fencing token, which grows with each new holder, or null
     * when someone else holds it. A lease that ends more than `clockSkewMs` later than a new one would was taken under a clock
     * that has been set back since, and counts for nothing.
     */
    acquire(name: string, holder: string, leaseMs: number, now: number): Effect.Effect<number | null, StoreError>
    release(name: string, holder: string): Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/Lease") {}
