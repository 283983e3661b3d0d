/** `IdentityStore` over SQL. */
import { type ApiKey, ApiKeyNotFound, IdentityStore, Role } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import type { Selectable } from "kysely"
import type { SqlSession } from "../SqlSession.ts"
import type { Tables } from "../Tables.ts"

const isRole = Schema.is(Role)

const keyOf = (row: Selectable<Tables["api_key"]>): ApiKey => ({
  id: row.id,
  name: row.name,
  user: row.user_name,
  // An unknown role, written by a newer version, may do the least.
  role: isRole(row.role) ? row.role : "viewer",
  projects: row.projects === null ? null : JSON.parse(row.projects),
  impersonate: Number(row.impersonate) === 1,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at
})

export const sqlIdentityStore = (session: SqlSession) =>
  IdentityStore.of({
    insertKey: (key, hash) =>
      Effect.asVoid(
        session.query("key.insert", (db) =>
          db
            .insertInto("api_key")
            .values({
              id: key.id,
              hash,
              name: key.name,
              user_name: key.user,
              role: key.role,
              projects: key.projects === null ? null : JSON.stringify(key.projects),
              impersonate: key.impersonate ? 1 : 0,
              created_at: key.createdAt,
              expires_at: key.expiresAt,
              last_used_at: key.lastUsedAt
            })
            .execute()
        )
      ),
    findKey: (hash) =>
      session.query("key.find", async (db) => {
        const row = await db.selectFrom("api_key").selectAll().where("hash", "=", hash).executeTakeFirst()
        return row === undefined ? null : keyOf(row)
      }),
    listKeys: session.query("key.list", async (db) => {
      const rows = await db
        .selectFrom("api_key")
        .selectAll()
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .execute()
      return rows.map(keyOf)
    }),
    deleteKey: Effect.fnUntraced(function* (id: string) {
      const deleted = yield* session.query("key.delete", (db) =>
        db.deleteFrom("api_key").where("id", "=", id).returning("id").executeTakeFirst()
      )
      if (deleted === undefined) return yield* new ApiKeyNotFound({ id })
    }),
    touchKey: (id, usedAt) =>
      Effect.asVoid(
        session.query("key.touch", (db) =>
          db.updateTable("api_key").set({ last_used_at: usedAt }).where("id", "=", id).execute()
        )
      ),
    putSecret: (name, value, expiresAt) =>
      Effect.asVoid(
        session.query("secret.put", (db) =>
          db
            .insertInto("secret")
            .values({ name, value, expires_at: expiresAt })
            .onConflict((conflict) => conflict.column("name").doUpdateSet({ value, expires_at: expiresAt }))
            .execute()
        )
      ),
    // One statement, so that of two takers one gets it.
    takeSecret: (name, now) =>
      session.query("secret.take", async (db) => {
        const row = await db
          .deleteFrom("secret")
          .where("name", "=", name)
          .returning(["value", "expires_at"])
          .executeTakeFirst()
        return row !== undefined && row.expires_at > now ? row.value : null
      })
  })
