/**
 * The port behind which the search index of runs is kept: one page per (project, field, block of 1,024 runs), encoded by
 * `encodePage`. The index is a snapshot that may lag: it says up to which change sequence it is complete, and readers lay
 * the runs changed since over it. Losing it loses nothing, it is built again from the runs.
 */
import { Context, type Effect } from "effect"
import type { ProjectId } from "../../project/Project.ts"
import type { StoreError } from "../../store/StoreError.ts"

export const runsPerBlock = 1024

export interface FieldPage {
  /** As filters name it: `state`, `config.lr`, `summary.loss`, `min(loss)`, `tag:baseline`. */
  readonly field: string
  /** Runs with ordinals from `block * 1024` on. */
  readonly block: number
  readonly body: Uint8Array
}

export interface FieldIndexHead {
  /** Grows with every commit; 0 for an index that has none. */
  readonly rev: number
  /** The project's change sequence up to which the pages are complete. */
  readonly sequence: number
}

export class FieldIndex extends Context.Service<
  FieldIndex,
  {
    head(project: ProjectId): Effect.Effect<FieldIndexHead, StoreError>
    /** Every field that has a page, in no order. */
    fields(project: ProjectId): Effect.Effect<ReadonlyArray<string>, StoreError>
    /** All pages of one field, by block. */
    column(project: ProjectId, field: string): Effect.Effect<ReadonlyArray<FieldPage>, StoreError>
    /** All pages of one block. */
    block(project: ProjectId, block: number): Effect.Effect<ReadonlyArray<FieldPage>, StoreError>
    /**
     * Replaces pages (an empty body deletes one) if the index still has `expectedRev`, all or none of them.
     * Gives false, and changes nothing, when another process was first.
     */
    commit(change: {
      readonly project: ProjectId
      readonly expectedRev: number
      readonly sequence: number
      readonly pages: ReadonlyArray<FieldPage>
    }): Effect.Effect<boolean, StoreError>
  }
>()("@wanllmdb/core/FieldIndex") {}
