/** `RunFileStore` over SQL. A run's revs come from a row of their own, so that none is used twice, whatever is deleted. */
import { BlobKey, RunFileNotFound, RunFileStore, RunId, type StoredRunFile } from "@wanllmdb/core"
import { Effect } from "effect"
import { type Kysely, type Selectable, sql } from "kysely"
import type { SqlSession } from "../SqlSession.ts"
import type { Tables } from "../Tables.ts"

const fileOf = (row: Selectable<Tables["run_file"]>): StoredRunFile => ({
  run: RunId.make(row.run),
  path: row.path,
  sizeBytes: row.size_bytes,
  sha256: row.sha256,
  contentType: row.content_type,
  updatedAt: row.updated_at,
  blob: BlobKey.make(row.blob),
  rev: Number(row.rev)
})

const nextRev = async (db: Kysely<Tables>, run: RunId): Promise<number> => {
  const head = await db
    .insertInto("run_file_head")
    .values({ run, rev: 1 })
    .onConflict((conflict) => conflict.column("run").doUpdateSet({ rev: sql<number>`run_file_head.rev + 1` }))
    .returning("rev")
    .executeTakeFirstOrThrow()
  return Number(head.rev)
}

const find = (db: Kysely<Tables>, run: RunId, path: string) =>
  db.selectFrom("run_file").selectAll().where("run", "=", run).where("path", "=", path).executeTakeFirst()

export const sqlRunFileStore = (session: SqlSession) =>
  RunFileStore.of({
    put: (file) =>
      session.transaction(
        session.query("file.put", async (db) => {
          const rev = await nextRev(db, file.run)
          const replaced = await find(db, file.run, file.path)
          const values = {
            size_bytes: file.sizeBytes,
            sha256: file.sha256,
            content_type: file.contentType,
            updated_at: file.updatedAt,
            blob: file.blob,
            rev
          }
          await db
            .insertInto("run_file")
            .values({ run: file.run, path: file.path, ...values })
            .onConflict((conflict) => conflict.columns(["run", "path"]).doUpdateSet(values))
            .execute()
          return replaced === undefined ? null : fileOf(replaced)
        })
      ),
    get: Effect.fnUntraced(function* (run: RunId, path: string) {
      const row = yield* session.query("file.get", (db) => find(db, run, path))
      return row === undefined ? yield* new RunFileNotFound({ run, path }) : fileOf(row)
    }),
    list: ({ run, prefix = "", after = "", limit = 1_000 }) =>
      session.query("file.list", async (db) => {
        let select = db.selectFrom("run_file").selectAll().where("run", "=", run)
        if (after !== "") select = select.where("path", ">", after)
        if (prefix !== "") {
          select = select
            .where("path", ">=", prefix)
            .where(sql<string>`substr(path, 1, ${sql.lit([...prefix].length)})`, "=", prefix)
        }
        return (await select.orderBy("path").limit(limit).execute()).map(fileOf)
      }),
    changedSince: (run, rev) =>
      session.query("file.changedSince", async (db) => {
        const rows = await db
          .selectFrom("run_file")
          .selectAll()
          .where("run", "=", run)
          .where("rev", ">", rev)
          .orderBy("rev")
          .execute()
        return rows.map(fileOf)
      }),
    delete: (run, path) =>
      session.query("file.delete", async (db) => {
        const row = await db
          .deleteFrom("run_file")
          .where("run", "=", run)
          .where("path", "=", path)
          .returningAll()
          .executeTakeFirst()
        return row === undefined ? null : fileOf(row)
      }),
    deleteAll: (run) =>
      session.query("file.deleteAll", async (db) =>
        (await db.deleteFrom("run_file").where("run", "=", run).returningAll().execute()).map(fileOf)
      )
  })
