/**
 * Forward-only migrations as data: a name and its statements. All that are pending run in one transaction, under the
 * dialect's lock, so that of several servers that start together one migrates and the others find nothing left to do.
 */
import { Migrations } from "@wanllmdb/core"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import type { ColumnTypes } from "./SqlDialect.ts"
import type { SqlSession } from "./SqlSession.ts"
import type { Tables } from "./Tables.ts"

export interface SqlMigration {
  /** Sorts after every earlier one, such as `0003_log_chunks`. One that has shipped is never edited. */
  readonly name: string
  /** Statements in order, without closing semicolons. */
  readonly statements: (types: ColumnTypes) => ReadonlyArray<string>
}

const createJournal = (types: ColumnTypes) =>
  `create table if not exists wanllmdb_migration (name ${types.text} primary key, applied_at ${types.float} not null)`

export const makeMigrations = (session: SqlSession, migrations: ReadonlyArray<SqlMigration>) => {
  const { dialect } = session
  const ordered = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))

  const readJournal = async (db: Kysely<Tables>) => {
    await sql.raw(createJournal(dialect.types)).execute(db)
    return db.selectFrom("wanllmdb_migration").selectAll().orderBy("name").execute()
  }
  const pendingOf = async (db: Kysely<Tables>) => {
    const done = new Set((await readJournal(db)).map((row) => row.name))
    return ordered.filter((migration) => !done.has(migration.name))
  }

  const pending = session.query("migrations.plan", pendingOf)

  const run = session.transaction(
    Effect.gen(function* () {
      const now = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      return yield* session.query("migrations.run", async (db) => {
        await dialect.lockMigrations?.(db)
        const applied: Array<string> = []
        for (const { name, statements } of await pendingOf(db)) {
          for (const statement of statements(dialect.types)) await sql.raw(statement).execute(db)
          await db.insertInto("wanllmdb_migration").values({ name, applied_at: now }).execute()
          applied.push(name)
        }
        return applied
      })
    })
  )

  return Migrations.of({
    plan: Effect.map(pending, (all) => all.map(({ name }) => name)),
    run,
    sql: Effect.map(pending, (all) =>
      [
        `${createJournal(dialect.types)};`,
        ...all.flatMap(({ name, statements }) => [
          `-- ${name}`,
          ...statements(dialect.types).map((statement) => `${statement};`),
          `insert into wanllmdb_migration (name, applied_at) values ('${name}', 0);`
        ])
      ].join("\n")
    ),
    applied: Effect.map(session.query("migrations.applied", readJournal), (rows) =>
      rows.map((row) => ({ name: row.name, appliedAt: row.applied_at }))
    )
  })
}
