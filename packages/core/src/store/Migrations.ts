/** Brings a store's schema up to date, or tells an operator what that would do. Stores without a schema have nothing to plan. */
import { Context, type Effect } from "effect"
import type { StoreError } from "./StoreError.ts"

export interface AppliedMigration {
  readonly name: string
  /** Unix milliseconds. */
  readonly appliedAt: number
}

export class Migrations extends Context.Service<
  Migrations,
  {
    /** Names of migrations that are not applied yet, in order. */
    readonly plan: Effect.Effect<ReadonlyArray<string>, StoreError>
    /** Applies them under a lock, so that of several servers one does it, and gives the names of those it applied. */
    readonly run: Effect.Effect<ReadonlyArray<string>, StoreError>
    /** The statements that `run` would execute, for those who apply them by hand. */
    readonly sql: Effect.Effect<string, StoreError>
    readonly applied: Effect.Effect<ReadonlyArray<AppliedMigration>, StoreError>
  }
>()("@wanllmdb/core/Migrations") {}
