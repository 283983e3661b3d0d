/** `FieldIndex` over SQL: pages as blobs, replaced together by compare-and-set on the rev of the project's index. */
import { FieldIndex, type FieldPage, type ProjectId } from "@wanllmdb/core"
import { Effect } from "effect"
import type { SqlSession } from "../SqlSession.ts"

/** Of five values each; statements bind a limited number. */
const pagesPerStatement = 100

const bytesOf = (body: Uint8Array): Uint8Array => new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
const pageOf = (row: { field: string; block: number; body: Uint8Array }): FieldPage => ({
  field: row.field,
  block: Number(row.block),
  body: bytesOf(row.body)
})

export const sqlFieldIndex = (session: SqlSession) => {
  const claim = (project: ProjectId, expectedRev: number, sequence: number) =>
    session.query("fieldIndex.claim", async (db) => {
      const rev = expectedRev + 1
      const claimed =
        expectedRev === 0
          ? await db
              .insertInto("field_index")
              .values({ project, rev, sequence })
              .onConflict((conflict) => conflict.column("project").doNothing())
              .returning("rev")
              .executeTakeFirst()
          : await db
              .updateTable("field_index")
              .set({ rev, sequence })
              .where("project", "=", project)
              .where("rev", "=", expectedRev)
              .returning("rev")
              .executeTakeFirst()
      return claimed !== undefined
    })

  return FieldIndex.of({
    head: (project) =>
      session.query("fieldIndex.head", async (db) => {
        const row = await db.selectFrom("field_index").selectAll().where("project", "=", project).executeTakeFirst()
        return { rev: Number(row?.rev ?? 0), sequence: Number(row?.sequence ?? 0) }
      }),
    fields: (project) =>
      session.query("fieldIndex.fields", async (db) => {
        const rows = await db
          .selectFrom("run_column")
          .select("field")
          .distinct()
          .where("project", "=", project)
          .execute()
        return rows.map(({ field }) => field)
      }),
    column: (project, field) =>
      session.query("fieldIndex.column", async (db) => {
        const rows = await db
          .selectFrom("run_column")
          .select(["field", "block", "body"])
          .where("project", "=", project)
          .where("field", "=", field)
          .orderBy("block")
          .execute()
        return rows.map(pageOf)
      }),
    block: (project, block) =>
      session.query("fieldIndex.block", async (db) => {
        const rows = await db
          .selectFrom("run_column")
          .select(["field", "block", "body"])
          .where("project", "=", project)
          .where("block", "=", block)
          .execute()
        return rows.map(pageOf)
      }),
    commit: ({ project, expectedRev, sequence, pages }) =>
      session.transaction(
        Effect.gen(function* () {
          if (!(yield* claim(project, expectedRev, sequence))) return false
          yield* session.query("fieldIndex.commit", async (db) => {
            const gone = pages.filter(({ body }) => body.length === 0)
            for (const { field, block } of gone) {
              await db
                .deleteFrom("run_column")
                .where("project", "=", project)
                .where("field", "=", field)
                .where("block", "=", block)
                .execute()
            }
            const kept = pages.filter(({ body }) => body.length > 0)
            const rev = expectedRev + 1
            for (let from = 0; from < kept.length; from += pagesPerStatement) {
              const rows = kept.slice(from, from + pagesPerStatement)
              await db
                .insertInto("run_column")
                .values(rows.map(({ field, block, body }) => ({ project, field, block, rev, body })))
                .onConflict((conflict) =>
                  conflict
                    .columns(["project", "field", "block"])
                    .doUpdateSet((eb) => ({ rev: eb.ref("excluded.rev"), body: eb.ref("excluded.body") }))
                )
                .execute()
            }
          })
          return true
        })
      )
  })
}
