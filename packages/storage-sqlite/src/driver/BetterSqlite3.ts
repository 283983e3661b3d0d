/** `better-sqlite3` behind the driver seam: the default wherever it can load. */
import type { createRequire } from "node:module"
import { boundStatement, type NativeStatement, type SqliteDatabase, type SqliteDriver } from "./SqliteDriver.ts"

interface NativeDatabase {
  readonly inTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): NativeStatement & { readonly reader: boolean }
  close(): void
}

type Native = new (file: string, options: { readonly readonly: boolean; readonly timeout: number }) => NativeDatabase

const database = (native: NativeDatabase): SqliteDatabase => ({
  exec: (sql) => native.exec(sql),
  prepare: (sql) => {
    const statement = native.prepare(sql)
    return boundStatement(statement, statement.reader)
  },
  get inTransaction() {
    return native.inTransaction
  },
  close: () => native.close()
})

/**
 * Loads the library, or says in an `Error` why it cannot. Version 13 needs Node-API 10 and ends an older process with a
 * segmentation fault on open, so its version is read before the native module is touched.
 */
export const loadBetterSqlite3 = (load: ReturnType<typeof createRequire>): SqliteDriver => {
  const { version } = load("better-sqlite3/package.json") as { version: string }
  const nodeApi = Number(process.versions.napi)
  if (Number(version.split(".")[0]) >= 13 && nodeApi < 10) {
    throw new Error(`better-sqlite3 ${version} needs Node-API 10, this Node ${process.versions.node} has ${nodeApi}`)
  }
  const Database = load("better-sqlite3") as Native
  // The native part is loaded by the first connection: a missing build shows here and not at the first use.
  new Database(":memory:", { readonly: false, timeout: 0 }).close()
  return {
    name: "better-sqlite3",
    version: `better-sqlite3 ${version}`,
    open: (file, { readOnly }) => database(new Database(file, { readonly: readOnly, timeout: 0 }))
  }
}
