/** Where SQL databases differ for us, in one small object; everything else is the same code for all of them. */
import type { StoreError } from "@wanllmdb/core"
import type { Kysely } from "kysely"
import type { Tables } from "./Tables.ts"

export interface ColumnTypes {
  readonly text: string
  /** Whole numbers up to 2^53. */
  readonly integer: string
  /** IEEE 754 doubles. */
  readonly float: string
  readonly bytes: string
  /** Appended to `create table`; `without rowid` where small keyed rows profit. */
  readonly keyedTable: string
}

export interface SqlDialect {
  /** Names the store in errors and spans, as OpenTelemetry's `db.system` does. */
  readonly system: "sqlite" | "postgres"
  readonly types: ColumnTypes
  readonly isUniqueViolation: (cause: unknown) => boolean
  /** Whether the same statement may succeed later: busy, deadlock, lost connection. */
  readonly isRetryable: (cause: unknown) => boolean
  /** What a person has to put right, in the words of `StoreError`. Default: nobody knows. */
  readonly reasonOf?: ((cause: unknown) => StoreError["reason"]) | undefined
  /** Held while migrations run, inside their transaction. Default: the transaction itself is enough. */
  readonly lockMigrations?: ((db: Kysely<Tables>) => Promise<void>) | undefined
}

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""

// node:sqlite tells the extended result code as `errcode`; its low byte is the primary code.
const sqliteCode = (cause: unknown): number =>
  typeof cause === "object" && cause !== null && "errcode" in cause ? Number(cause.errcode) & 0xff : -1

const constraint = 19
const busy = 5
const locked = 6

export const sqliteDialect: SqlDialect = {
  system: "sqlite",
  types: { text: "text", integer: "integer", float: "real", bytes: "blob", keyedTable: "without rowid" },
  isUniqueViolation: (cause) =>
    codeOf(cause).startsWith("SQLITE_CONSTRAINT") ||
    sqliteCode(cause) === constraint ||
    // Some ways through node:sqlite tell the fault in words only.
    (cause instanceof Error && cause.message.includes("UNIQUE constraint failed")),
  isRetryable: (cause) =>
    codeOf(cause).startsWith("SQLITE_BUSY") ||
    codeOf(cause).startsWith("SQLITE_LOCKED") ||
    sqliteCode(cause) === busy ||
    sqliteCode(cause) === locked
}
