/** What is asked of the writer and what it answers: plain data that crosses a thread boundary. */

import type { SqlRow, SqlValue } from "../driver/SqliteDriver.ts"
import type { FaultData } from "../driver/SqliteFault.ts"

export type WriterRequest =
  /** Joins the next group commit. `sizeBytes` counts against the group's limit. */
  | { readonly op: "append"; readonly module: string; readonly job: unknown; readonly sizeBytes: number }
  /** One statement: alone in the next group commit, or inside the named transaction. */
  | {
      readonly op: "query"
      readonly sql: string
      readonly parameters: ReadonlyArray<SqlValue>
      readonly transaction: number | null
    }
  /** Answers with the transaction's number once it holds the write lock. */
  | { readonly op: "begin" }
  | { readonly op: "end"; readonly transaction: number; readonly commit: boolean }
  | { readonly op: "task"; readonly module: string; readonly task: string; readonly input: unknown }

export interface QueryAnswer {
  readonly rows: ReadonlyArray<SqlRow>
  readonly changes: number
  readonly lastInsertRowid: number
}

export type WriterReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: FaultData }
