/** Runs named queries, each in its own snapshot, one part at a time. */

import type { SqliteDriver } from "../driver/SqliteDriver.ts"
import { faultOf, SqliteFault } from "../driver/SqliteFault.ts"
import { ReadConnection } from "./ReadConnection.ts"
import type { ReaderQuery } from "./ReaderQuery.ts"

export interface ReaderOptions {
  readonly driver: SqliteDriver
  readonly file: string
  readonly queries: ReadonlyArray<ReaderQuery<never, unknown>>
  /** A query nobody pulls from for this long is ended, because its snapshot keeps the log from shrinking. Default 60,000. */
  readonly idleMs?: number | undefined
}

interface Running {
  readonly connection: ReadConnection
  readonly parts: Generator<unknown, void, void>
  lastPull: number
}

const idleConnections = 4

/** A few parts at a time, and whether they were the last. */
export interface ReaderParts {
  readonly parts: ReadonlyArray<unknown>
  readonly done: boolean
}

/** Small parts travel together: what is ready within this time. */
const gatherMs = 4
const gatherParts = 128

export class Reader {
  readonly #options: ReaderOptions
  readonly #running = new Map<number, Running>()
  readonly #pulling = new Set<number>()
  #idle: Array<ReadConnection> = []
  #closed = false

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  /** Begins a query under the caller's number. */
  start(id: number, name: string, input: unknown): void {
    const query = this.#options.queries.find((candidate) => candidate.name === name)
    if (query === undefined) throw new Error(`The reader has no query "${name}"`)
    this.#endIdle()
    const connection = this.#idle.pop() ?? new ReadConnection(this.#options.driver, this.#options.file, this)
    connection.db.exec("begin")
    this.#running.set(id, { connection, parts: query.run(connection, input as never), lastPull: performance.now() })
  }

  /** The next parts. Pauses of the query are waited out so that other queries run in between. */
  async pull(id: number): Promise<ReaderParts> {
    this.#pulling.add(id)
    try {
      for (;;) {
        const running = this.#running.get(id)
        if (running === undefined || this.#closed) {
          throw new SqliteFault({ code: "ENDED", kind: "expired", message: "the read was ended; begin it again" })
        }
        const start = performance.now()
        running.lastPull = start
        const parts: Array<unknown> = []
        while (parts.length < gatherParts && performance.now() - start < gatherMs) {
          const step = running.parts.next()
          if (step.done === true) {
            this.stop(id)
            return { parts, done: true }
          }
          if (step.value === null) break
          parts.push(step.value)
        }
        if (parts.length > 0) return { parts, done: false }
        await new Promise((resolve) => setImmediate(resolve))
      }
    } catch (cause) {
      this.stop(id)
      throw faultOf(cause)
    } finally {
      this.#pulling.delete(id)
    }
  }

  /** Ends a query and frees its snapshot. Harmless when it is over already. */
  stop(id: number): void {
    const running = this.#running.get(id)
    if (running === undefined) return
    this.#running.delete(id)
    try {
      running.parts.return(undefined)
      if (running.connection.db.inTransaction) running.connection.db.exec("commit")
    } catch {
      running.connection.close()
      return
    }
    if (this.#closed || this.#idle.length >= idleConnections) running.connection.close()
    else this.#idle.push(running.connection)
  }

  close(): void {
    this.#closed = true
    for (const id of [...this.#running.keys()]) this.stop(id)
    for (const connection of this.#idle) connection.close()
    this.#idle = []
  }

  #endIdle(): void {
    const limit = performance.now() - (this.#options.idleMs ?? 60_000)
    for (const [id, { lastPull }] of this.#running) if (lastPull < limit && !this.#pulling.has(id)) this.stop(id)
  }
}
