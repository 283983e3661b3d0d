/**
 * Reads that scan (raw points, wide charts, log search) run on a worker with a connection and a snapshot of their own, so
 * they block neither the event loop nor the writer. A store plugs them in as named queries.
 */
import type { SqliteDatabase } from "../driver/SqliteDriver.ts"

export interface ReaderContext {
  /** A read-only connection inside one read transaction: the query sees one state of the database from start to end. */
  readonly db: SqliteDatabase
  /** Prepares each text once. */
  readonly prepare: SqliteDatabase["prepare"]
  /** The same for all connections of a reader to one file: what queries keep for the next ones hangs on it. */
  readonly owner: object
}

export interface ReaderQuery<in Input, out Part> {
  /** Unique among queries: `metrics.scan`. */
  readonly name: string
  /**
   * Yields parts in order. `null` is no part but a pause: other queries of the thread get their turn, so a long search
   * yields one every few milliseconds. Typed arrays that fill their buffer are moved to the caller, not copied: keep none.
   */
  run(context: ReaderContext, input: Input): Generator<Part | null, void, void>
}
