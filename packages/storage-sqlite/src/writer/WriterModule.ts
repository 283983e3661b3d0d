/**
 * A store that appends much (metrics, logs) plugs into the writer as a module: its appends share the next commit with
 * everything else that is queued, and its long work runs in slices between commits.
 */
import type { SqlMigration } from "@wanllmdb/storage-sql"
import type { SqliteDatabase } from "../driver/SqliteDriver.ts"

/** What a task yields: nothing, or that it waits for another task, so that its turn may end at once. */
// biome-ignore lint/suspicious/noConfusingVoidType: generators that only ever pause yield void.
export type TaskStep = void | "waiting"

export interface WriterContext {
  readonly db: SqliteDatabase
  /** Prepares each text once. */
  readonly prepare: SqliteDatabase["prepare"]
  /** One write transaction of a task. Keep it short: appends wait for it. */
  transaction<A>(body: () => A): A
  /**
   * The same without a sync of its own, for what can be made again: a power cut may take it, and then takes all that was committed
   * after it too, up to the next sync. Any later append, transaction or checkpoint syncs it.
   */
  repeatable<A>(body: () => A): A
  /** Starts a task that nobody waits for; `failed` is called when it throws. */
  background(start: () => Generator<TaskStep, unknown, void>, failed: () => void): void
}

export interface ModuleWriter<Job, Answer> {
  /**
   * Applies jobs inside the open group transaction, in order, and gives one answer each. Throwing fails the whole group,
   * which is then repeated job by job; what a caller may provoke (a gap in its numbering) is an answer and not an error.
   */
  append(jobs: ReadonlyArray<Job>): ReadonlyArray<Answer>
  /** The group's fate, for state that is kept in memory: rolled back means what `append` learnt is void. */
  settled(committed: boolean): void
  /**
   * Long work by name. A generator yields between slices of a few milliseconds; between two of them appends are committed.
   * It holds no transaction across a `yield`.
   */
  readonly tasks: Readonly<Record<string, (input: never) => Generator<TaskStep, unknown, void>>>
}

export interface WriterModule<in Job, out Answer> {
  /** Unique among modules. */
  readonly name: string
  /** Its tables; they run with the metadata's, so nothing may be prepared before the first job. */
  readonly migrations: ReadonlyArray<SqlMigration>
  open(context: WriterContext): ModuleWriter<Job, Answer>
}
