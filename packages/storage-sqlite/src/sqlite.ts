/** `sqlite({ file })`: every store of the engine in one database file, as a layer. */
import { LogStore, MetricStore, Migrations, type StoreError } from "@wanllmdb/core"
import {
  makeMigrations,
  makeSqlSession,
  metadataMigrations,
  type SqlDialect,
  type SqlPorts,
  sqliteDialect,
  sqlPorts,
  type Tables
} from "@wanllmdb/storage-sql"
import { Context, Effect, Layer } from "effect"
import { Kysely } from "kysely"
import { WriterDialect } from "./dialect/WriterDialect.ts"
import { chooseDriver } from "./driver/chooseDriver.ts"
import { faultOf, isUniqueViolation, reasonOf } from "./driver/SqliteFault.ts"
import { sqliteLogStore } from "./log/sqliteLogStore.ts"
import { makeMetricStore } from "./metric/SqliteMetricStore.ts"
import { writerModules } from "./modules.ts"
import { openStore, type SqliteOptions } from "./openStore.ts"
import { attempt } from "./storeError.ts"

const dialect: SqlDialect = {
  ...sqliteDialect,
  isUniqueViolation,
  isRetryable: (cause) => faultOf(cause).retryable,
  reasonOf: (cause) => reasonOf(faultOf(cause))
}

const make = Effect.fnUntraced(function* (options: SqliteOptions) {
  const connections = yield* Effect.acquireRelease(
    attempt("open", () => openStore(options)),
    ({ close }) => Effect.promise(close)
  )
  const db = new Kysely<Tables>({ dialect: new WriterDialect(connections.writer, connections.connection) })
  const session = makeSqlSession({ dialect, db })
  const migrations = makeMigrations(session, [
    ...metadataMigrations,
    ...writerModules.flatMap((module) => module.migrations)
  ])
  if ((yield* migrations.plan).length > 0) yield* migrations.run
  return sqlPorts(session).pipe(
    Context.add(Migrations, migrations),
    Context.add(MetricStore, makeMetricStore(connections)),
    Context.add(LogStore, sqliteLogStore(connections))
  )
})

export type SqliteStores = SqlPorts | Migrations | MetricStore | LogStore

export interface SqliteStorage {
  readonly kind: "sqlite"
  /** Opens the file, brings its tables up to date, and provides every store. Closing the layer closes the file. */
  readonly layer: Layer.Layer<SqliteStores, StoreError>
  /** For health pages and `doctor`. Throws when no SQLite library loads. */
  describe(): { readonly file: string; readonly driver: string; readonly durability: "power" | "process" }
}

export const sqlite = (options: SqliteOptions): SqliteStorage => ({
  kind: "sqlite",
  layer: Layer.effectContext(make(options)),
  describe: () => ({
    file: options.file,
    driver: chooseDriver(options.driver).version,
    durability: options.durability ?? "power"
  })
})
