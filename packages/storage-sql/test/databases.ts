/** SQLite in this process by each of its two libraries, as Kysely sees them. Adapters bring their own way to a database. */
import { createRequire } from "node:module"
import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite"
import {
  makeMigrations,
  makeSqlSession,
  metadataMigrations,
  sqliteDialect,
  sqlStores,
  type Tables
} from "@wanllmdb/storage-sql"
import { Effect, Layer } from "effect"
import { Kysely, type SqliteDatabase, SqliteDialect } from "kysely"

type Parameters = ReadonlyArray<unknown>
type Bound = Array<never>

const betterSqlite = (): SqliteDatabase => {
  const Database = createRequire(import.meta.url)("better-sqlite3") as new (file: string) => SqliteDatabase
  return new Database(":memory:")
}

const nodeSqlite = (): SqliteDatabase => {
  const database = new DatabaseSync(":memory:")
  const bind = (parameters: Parameters) => parameters as Bound
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement: StatementSyncInstance = database.prepare(sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters: Parameters) => statement.all(...bind(parameters)),
        run: (parameters: Parameters) => statement.run(...bind(parameters)) as never,
        iterate: (parameters: Parameters) => statement.iterate(...bind(parameters)) as never
      }
    }
  }
}

/** Those that load on this machine: `better-sqlite3` may be missing where npm found neither a binary nor a compiler. */
const loads = (open: () => SqliteDatabase): boolean => {
  try {
    open().close()
    return true
  } catch {
    return false
  }
}

const all = { "better-sqlite3": betterSqlite, "node:sqlite": nodeSqlite } as const
export const libraries = (["better-sqlite3", "node:sqlite"] as const).filter((name) => loads(all[name]))
export const anyLibrary = libraries[0]!

/** A new database in memory, with the metadata tables unless told otherwise. */
export const openSession = Effect.fnUntraced(function* (library: keyof typeof all, migrate = true) {
  const db = yield* Effect.acquireRelease(
    Effect.sync(() => new Kysely<Tables>({ dialect: new SqliteDialect({ database: all[library]() }) })),
    (database) => Effect.promise(() => database.destroy())
  )
  const session = makeSqlSession({ dialect: sqliteDialect, db })
  if (migrate) yield* makeMigrations(session, metadataMigrations).run
  return session
})

export const storesOver = (library: keyof typeof all) =>
  Layer.unwrap(Effect.map(openSession(library), (session) => sqlStores(session)))
