/** The `node:sqlite` interface behind the driver seam: built in from Node 24, `@photostructure/sqlite` before. */
import type { createRequire } from "node:module"
import { boundStatement, type NativeStatement, type SqliteDatabase, type SqliteDriver } from "./SqliteDriver.ts"

interface NativeDatabase {
  readonly isTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): NativeStatement & { columns(): ReadonlyArray<unknown> }
  close(): void
}

interface NativeModule {
  readonly DatabaseSync: new (file: string, options: { readonly readOnly: boolean }) => NativeDatabase
}

const database = (native: NativeDatabase): SqliteDatabase => ({
  exec: (sql) => native.exec(sql),
  prepare: (sql) => {
    const statement = native.prepare(sql)
    return boundStatement(statement, statement.columns().length > 0)
  },
  get inTransaction() {
    return native.isTransaction
  },
  close: () => native.close()
})

/** Node 22 has the module too but prints an ExperimentalWarning for it, so the built-in one is used from 24 on. */
const builtIn = (): boolean => Number(process.versions.node.split(".")[0]) >= 24

/** Loads the library, or says in an `Error` why it cannot. */
export const loadNodeSqlite = (load: ReturnType<typeof createRequire>): SqliteDriver => {
  const native = load(builtIn() ? "node:sqlite" : "@photostructure/sqlite") as NativeModule
  const version = builtIn()
    ? `node:sqlite of Node ${process.versions.node}`
    : `@photostructure/sqlite ${(load("@photostructure/sqlite/package.json") as { version: string }).version}`
  return {
    name: "node:sqlite",
    version,
    open: (file, { readOnly }) => database(new native.DatabaseSync(file, { readOnly }))
  }
}
