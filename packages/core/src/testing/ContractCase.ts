/**
 * A contract suite is data: an array of named effects that need the port. Any test runner can run them, so a third party's
 * adapter proves itself with the same cases as ours. Cases make their own data and share a database in any order.
 */
import type { Effect, Scope } from "effect"

export interface ContractCase<R> {
  /** The promise that the case checks. */
  readonly name: string
  /** Fails or dies where the promise is broken. */
  readonly run: Effect.Effect<void, unknown, R | Scope.Scope>
}
