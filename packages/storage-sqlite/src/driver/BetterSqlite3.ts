/** `better-sqlite3` behind the driver seam: the default wherever it can load. */
import type { createRequire } from "node:module"
import { bind, type SqliteDatabase, type SqliteDriver, type SqlRow, type SqlStatement } from "./SqliteDriver.ts"

interface NativeStatement {
  readonly reader: boolean
  run(...values: Array<unknown>): { changes: number; lastInsertRowid: number | bigint }
  get(...values: Array<unknown>): SqlRow | undefined
  all(...values: Array<unknown>): Array<SqlRow>
  iterate(...values: Array<unknown>): IterableIterator<SqlRow>
}

interface NativeDatabase {
  readonly inTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): NativeStatement
  close(): void
}

type Native = new (file: string, options: { readonly readonly: boolean; readonly timeout: number }) => NativeDatabase

const statement = (native: NativeStatement): SqlStatement => ({
  returnsRows: native.reader,
  run: (...values) => {
    const { changes, lastInsertRowid } = native.run(...bind(values))
    return { changes, lastInsertRowid: Number(lastInsertRowid) }
  },
  get: (...values) => native.get(...bind(values)),
  all: (...values) => native.all(...bind(values)),
  iterate: (...values) => native.iterate(...bind(values))
})

const database = (native: NativeDatabase): SqliteDatabase => ({
  exec: (sql) => native.exec(sql),
  prepare: (sql) => statement(native.prepare(sql)),
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
