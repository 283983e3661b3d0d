/**
 * Carries Kysely into Effect: a promise becomes an effect with a typed error, a span and the transaction it runs in.
 * Nothing may be forked inside a transaction, the child would write to one that has ended.
 */
import { StoreError } from "@wanllmdb/core"
import { Context, Effect, Option, References } from "effect"
import type { ControlledTransaction, Kysely } from "kysely"
import type { SqlDialect } from "./SqlDialect.ts"
import type { Tables } from "./Tables.ts"

export interface SqlSession {
  readonly dialect: SqlDialect
  readonly db: Kysely<Tables>
  /** Runs statements in the transaction around it, or on their own. */
  query<A>(operation: string, run: (db: Kysely<Tables>) => Promise<A>): Effect.Effect<A, StoreError>
  /** Commits on success; rolls back on failure, defect and interruption; a nested call joins. */
  transaction<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StoreError, R>
}

let sessions = 0

export const makeSqlSession = (options: { readonly dialect: SqlDialect; readonly db: Kysely<Tables> }): SqlSession => {
  const { db, dialect } = options
  // One reference per session, so that a transaction of one database never captures another's queries.
  const Current = Context.Reference<Option.Option<ControlledTransaction<Tables>>>(
    `@wanllmdb/storage-sql/Transaction/${sessions++}`,
    { defaultValue: Option.none }
  )

  const attempt = <A>(operation: string, run: () => Promise<A>) =>
    Effect.tryPromise({
      try: run,
      catch: (cause) => {
        const reason = dialect.reasonOf?.(cause)
        const retryable = dialect.isRetryable(cause)
        return new StoreError({
          store: dialect.system,
          operation,
          retryable,
          ...(reason !== undefined && { reason }),
          cause
        })
      }
    })

  const query = <A>(operation: string, run: (db: Kysely<Tables>) => Promise<A>) => {
    const plain = Effect.flatMap(Current, (current) =>
      attempt(operation, () => run(Option.getOrElse(current, () => db)))
    )
    // A span costs more than a small query, so it is made only where someone may look at it.
    return Effect.flatMap(References.TracerEnabled, (traced) =>
      traced
        ? Effect.withSpan(plain, `sql.${operation}`, {
            attributes: { "db.system": dialect.system },
            captureStackTrace: false
          })
        : plain
    )
  }

  const begin = Effect.acquireRelease(
    attempt("begin", () => db.startTransaction().execute()),
    (trx) =>
      trx.isCommitted || trx.isRolledBack
        ? Effect.void
        : Effect.ignore(attempt("rollback", () => trx.rollback().execute()))
  )

  const transaction = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StoreError, R> =>
    Effect.flatMap(Current, (current) =>
      Option.isSome(current)
        ? effect
        : Effect.scoped(
            Effect.flatMap(begin, (trx) =>
              Effect.provideService(effect, Current, Option.some(trx)).pipe(
                // A commit that was interrupted halfway could not be told from one that failed.
                Effect.tap(() => Effect.uninterruptible(attempt("commit", () => trx.commit().execute())))
              )
            )
          )
    )

  return { dialect, db, query, transaction }
}

/** Turns the unique violation of a statement into a domain error. */
export const onUniqueViolation =
  <E2>(session: SqlSession, error: () => E2) =>
  <A, E, R>(effect: Effect.Effect<A, E | StoreError, R>): Effect.Effect<A, E | E2 | StoreError, R> =>
    Effect.catchIf(
      effect,
      (cause): cause is E & StoreError => cause instanceof StoreError && session.dialect.isUniqueViolation(cause.cause),
      () => Effect.fail(error())
    )
