/**
 * Kysely over the two connections of the store: what writes, and everything inside a transaction, goes to the writer;
 * a plain select runs at once on this thread's read-only connection.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler
} from "kysely"
import { bind } from "../driver/SqliteDriver.ts"
import { faultOf, SqliteFault } from "../driver/SqliteFault.ts"
import type { ReadConnection } from "../reader/ReadConnection.ts"
import type { WriterClient } from "../writer/WriterClient.ts"

const reads = ({ query, sql }: CompiledQuery): boolean =>
  query.kind === "SelectQueryNode" || (query.kind === "RawNode" && /^\s*select\b/i.test(sql))

class StoreConnection implements DatabaseConnection {
  readonly #writer: WriterClient
  readonly #reader: ReadConnection
  #transaction: number | null = null

  constructor(writer: WriterClient, reader: ReadConnection) {
    this.#writer = writer
    this.#reader = reader
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = bind(compiled.parameters)
    if (this.#transaction === null && reads(compiled)) {
      try {
        return { rows: this.#reader.prepare(compiled.sql).all(...parameters) as Array<R> }
      } catch (cause) {
        throw faultOf(cause)
      }
    }
    const { rows, changes, lastInsertRowid } = await this.#writer.query(compiled.sql, parameters, this.#transaction)
    return { rows: rows as Array<R>, numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  async *streamQuery<R>(compiled: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(compiled)
  }

  async begin(): Promise<void> {
    this.#transaction = await this.#writer.begin()
  }

  async end(commit: boolean): Promise<void> {
    const transaction = this.#transaction
    if (transaction === null) throw new SqliteFault({ code: "ERROR", kind: "other", message: "no transaction is open" })
    this.#transaction = null
    await this.#writer.end(transaction, commit)
  }
}

class StoreDriver implements Driver {
  readonly #writer: WriterClient
  readonly #reader: ReadConnection

  constructor(writer: WriterClient, reader: ReadConnection) {
    this.#writer = writer
    this.#reader = reader
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<StoreConnection> {
    return new StoreConnection(this.#writer, this.#reader)
  }
  beginTransaction = (connection: StoreConnection): Promise<void> => connection.begin()
  commitTransaction = (connection: StoreConnection): Promise<void> => connection.end(true)
  rollbackTransaction = (connection: StoreConnection): Promise<void> => connection.end(false)
  savepoint = (connection: StoreConnection, name: string) => run(connection, `savepoint "${name}"`)
  rollbackToSavepoint = (connection: StoreConnection, name: string) => run(connection, `rollback to "${name}"`)
  releaseSavepoint = (connection: StoreConnection, name: string) => run(connection, `release "${name}"`)
  async releaseConnection(): Promise<void> {}
  // The store that opened the connections closes them.
  async destroy(): Promise<void> {}
}

const run = async (connection: StoreConnection, sql: string): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw(sql))
}

export class WriterDialect implements Dialect {
  readonly #writer: WriterClient
  readonly #reader: ReadConnection

  constructor(writer: WriterClient, reader: ReadConnection) {
    this.#writer = writer
    this.#reader = reader
  }

  createDriver = (): Driver => new StoreDriver(this.#writer, this.#reader)
  createQueryCompiler = () => new SqliteQueryCompiler()
  createAdapter = () => new SqliteAdapter()
  createIntrospector = (db: Kysely<unknown>) => new SqliteIntrospector(db)
}
