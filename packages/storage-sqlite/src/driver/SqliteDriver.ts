/**
 * The seam between the stores and a SQLite library. Two libraries fill it, so that an installation without a compiler
 * works, and everything above sees one set of types, one binding rule and one kind of error.
 */

export type DriverName = "better-sqlite3" | "node:sqlite"

/** All that may be bound. Booleans, dates and objects mean different things to different libraries, so none gets through. */
export type SqlValue = null | number | bigint | string | Uint8Array

export type SqlRow = Record<string, SqlValue>

export interface SqlStatement {
  /** Whether the statement gives rows (a select, a pragma, `returning`). */
  readonly returnsRows: boolean
  /** Gives the number of rows changed and the last row id, for statements without rows. */
  run(...values: ReadonlyArray<unknown>): { readonly changes: number; readonly lastInsertRowid: number }
  get(...values: ReadonlyArray<unknown>): SqlRow | undefined
  all(...values: ReadonlyArray<unknown>): Array<SqlRow>
  iterate(...values: ReadonlyArray<unknown>): IterableIterator<SqlRow>
}

export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqlStatement
  /** Whether a transaction is open on this connection. */
  readonly inTransaction: boolean
  close(): void
}

export interface SqliteDriver {
  readonly name: DriverName
  /** Library and version, for people: `better-sqlite3 12.11.1`. */
  readonly version: string
  open(file: string, options: { readonly readOnly: boolean }): SqliteDatabase
}

/**
 * Passes values that every library stores alike. Throws a `TypeError` that names the position for anything else: `undefined`,
 * booleans, dates and plain objects would be stored as NULL or refused depending on the library.
 */
export const bind = (values: ReadonlyArray<unknown>): Array<SqlValue> => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value === null) continue
    const type = typeof value
    if (type === "string" || type === "bigint" || (type === "number" && !Number.isNaN(value))) continue
    if (value instanceof Uint8Array) continue
    const got = type === "object" ? (value as object).constructor?.name : type === "number" ? "NaN" : type
    throw new TypeError(`SQL parameter ${i + 1} must be null, a number, bigint, string or bytes, got ${got}`)
  }
  return values as Array<SqlValue>
}

/** What both libraries' statements can do, once `run` answers in plain numbers. */
export interface NativeStatement {
  run(...values: Array<unknown>): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
  get(...values: Array<unknown>): SqlRow | undefined
  all(...values: Array<unknown>): Array<SqlRow>
  iterate(...values: Array<unknown>): IterableIterator<SqlRow>
}

/** A library's statement behind the seam: every value passes `bind`. */
export const boundStatement = (native: NativeStatement, returnsRows: boolean): SqlStatement => ({
  returnsRows,
  run: (...values) => {
    const { changes, lastInsertRowid } = native.run(...bind(values))
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
  },
  get: (...values) => native.get(...bind(values)),
  all: (...values) => native.all(...bind(values)),
  iterate: (...values) => native.iterate(...bind(values))
})
