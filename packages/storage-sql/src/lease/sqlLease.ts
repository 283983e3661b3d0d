/** `Lease` over SQL: one statement decides, whoever asks at the same moment. */
import { clockSkewMs, Lease } from "@wanllmdb/core"
import { Effect } from "effect"
import { sql } from "kysely"
import type { SqlSession } from "../SqlSession.ts"

export const sqlLease = (session: SqlSession) =>
  Lease.of({
    acquire: (name, holder, leaseMs, now) =>
      session.query("lease.acquire", async (db) => {
        const latest = now + leaseMs + clockSkewMs
        const row = await db
          .insertInto("lease")
          .values({ name, holder, token: 1, expires_at: now + leaseMs })
          .onConflict((conflict) =>
            conflict
              .column("name")
              .doUpdateSet({
                holder,
                token: sql<number>`case when lease.holder = ${holder} then lease.token else lease.token + 1 end`,
                expires_at: now + leaseMs
              })
              .where((eb) =>
                eb.or([
                  eb("lease.holder", "=", holder),
                  eb("lease.expires_at", "<=", now),
                  eb("lease.expires_at", ">", latest)
                ])
              )
          )
          .returning("token")
          .executeTakeFirst()
        return row === undefined ? null : Number(row.token)
      }),
    // Kept as expired, so that the fencing token goes on growing.
    release: (name, holder) =>
      Effect.asVoid(
        session.query("lease.release", (db) =>
          db.updateTable("lease").set({ expires_at: 0 }).where("name", "=", name).where("holder", "=", holder).execute()
        )
      )
  })
