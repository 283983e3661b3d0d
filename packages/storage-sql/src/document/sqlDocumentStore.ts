/** `DocumentStore` over SQL: the revision stands in the statement's condition, so of two writers one wins. */
import { DocumentChanged, DocumentStore, type StoredDocument } from "@wanllmdb/core"
import { Effect } from "effect"
import { type Selectable, sql } from "kysely"
import type { SqlSession } from "../SqlSession.ts"
import type { Tables } from "../Tables.ts"

const mostListed = 10_000

const documentOf = (row: Selectable<Tables["document"]>): StoredDocument => ({
  key: row.key,
  rev: Number(row.rev),
  body: JSON.parse(row.body),
  updatedAt: row.updated_at
})

export const sqlDocumentStore = (session: SqlSession) =>
  DocumentStore.of({
    get: (collection, key) =>
      session.query("document.get", async (db) => {
        const row = await db
          .selectFrom("document")
          .selectAll()
          .where("collection", "=", collection)
          .where("key", "=", key)
          .executeTakeFirst()
        return row === undefined ? null : documentOf(row)
      }),
    put: Effect.fnUntraced(function* ({ body: json, collection, ifRev, key, now }) {
      const body = JSON.stringify(json)
      const rev = ifRev + 1
      const written = yield* session.query("document.put", (db) =>
        ifRev === 0
          ? db
              .insertInto("document")
              .values({ collection, key, rev, body, updated_at: now })
              .onConflict((conflict) => conflict.columns(["collection", "key"]).doNothing())
              .returning("rev")
              .executeTakeFirst()
          : db
              .updateTable("document")
              .set({ rev, body, updated_at: now })
              .where("collection", "=", collection)
              .where("key", "=", key)
              .where("rev", "=", ifRev)
              .returning("rev")
              .executeTakeFirst()
      )
      return written === undefined ? yield* new DocumentChanged({ collection, key }) : rev
    }),
    list: ({ after, collection, limit = 1_000, prefix = "" }) =>
      session.query("document.list", async (db) => {
        let select = db.selectFrom("document").selectAll().where("collection", "=", collection)
        if (after !== undefined) select = select.where("key", ">", after)
        if (prefix !== "") {
          select = select
            .where("key", ">=", prefix)
            .where(sql<string>`substr(key, 1, ${sql.lit([...prefix].length)})`, "=", prefix)
        }
        return (await select.orderBy("key").limit(Math.min(limit, mostListed)).execute()).map(documentOf)
      }),
    delete: (collection, key) =>
      Effect.asVoid(
        session.query("document.delete", (db) =>
          db.deleteFrom("document").where("collection", "=", collection).where("key", "=", key).execute()
        )
      )
  })
