/** A read-only connection with its prepared statements, and reads that need one consistent state of the database. */
import { openReader, statementCache } from "../driver/openDatabase.ts"
import type { SqliteDatabase, SqliteDriver } from "../driver/SqliteDriver.ts"
import { faultOf } from "../driver/SqliteFault.ts"
import type { ReaderContext } from "./ReaderQuery.ts"

export class ReadConnection implements ReaderContext {
  readonly db: SqliteDatabase
  readonly prepare: SqliteDatabase["prepare"]
  readonly owner: object

  constructor(driver: SqliteDriver, file: string, owner: object = {}) {
    this.owner = owner
    this.db = openReader(driver, file)
    this.prepare = statementCache(this.db)
  }

  /** Runs `body` in one read transaction. It must not await anything. */
  snapshot<A>(body: (context: ReaderContext) => A): A {
    try {
      if (this.db.inTransaction) return body(this)
      this.db.exec("begin")
      try {
        return body(this)
      } finally {
        this.db.exec("commit")
      }
    } catch (cause) {
      throw faultOf(cause)
    }
  }

  close(): void {
    this.db.close()
  }
}
