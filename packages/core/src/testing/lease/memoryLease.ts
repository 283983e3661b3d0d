/** `Lease` over the in-memory tables. */
import { Effect } from "effect"
import { clockSkewMs, Lease } from "../../lease/Lease.ts"
import type { MemoryDatabase } from "../run/MemoryDatabase.ts"

export const memoryLease = (database: MemoryDatabase) =>
  Lease.of({
    acquire: (name, holder, leaseMs, now) =>
      database.use((tables) =>
        Effect.sync(() => {
          const lease = tables.leases.get(name)
          const holds = lease !== undefined && lease.expiresAt > now && lease.expiresAt <= now + leaseMs + clockSkewMs
          if (holds && lease.holder !== holder) return null
          const token = lease === undefined ? 1 : lease.holder === holder ? lease.token : lease.token + 1
          tables.leases.set(name, { holder, token, expiresAt: now + leaseMs })
          return token
        })
      ),
    release: (name, holder) =>
      database.use((tables) =>
        Effect.sync(() => {
          const lease = tables.leases.get(name)
          // Kept as expired, so that the fencing token goes on growing.
          if (lease?.holder === holder) tables.leases.set(name, { ...lease, expiresAt: 0 })
        })
      )
  })
