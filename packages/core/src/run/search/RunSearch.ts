/** Finds runs of a project by filter and sort over every config, summary and own field, from column pages in memory. */
import { Context, type Effect } from "effect"
import type { ProjectId } from "../../project/Project.ts"
import type { InvalidInput } from "../../store/InvalidInput.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { RunListItem } from "../Run.ts"
import type { RunFilter } from "./RunFilter.ts"

export type Cell = string | number | boolean | null

export interface RunSearchQuery {
  readonly project: ProjectId
  /** Text syntax or a tree. */
  readonly filter?: string | RunFilter | undefined
  /** Such as `-val/acc,created`. Default `-created`. Missing values last, whichever the direction. */
  readonly sort?: string | undefined
  readonly columns?: ReadonlyArray<string> | undefined
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  /** What cursors belong to, for a filter that is written anew for each page and means the same. Default: the filter. */
  readonly cursorOf?: string | undefined
  /** Deleted runs instead of the others. */
  readonly deleted?: boolean | undefined
}

export interface RunSearchPage {
  readonly items: ReadonlyArray<RunListItem & { readonly columns: ReadonlyArray<Cell> }>
  readonly next: string | null
  readonly total: number
  /** The project's change sequence that the answer reflects, for `Runs.changedSince`. */
  readonly cursor: number
}

export class RunSearch extends Context.Service<
  RunSearch,
  {
    /** A filter, sort or cursor that cannot be read is an `InvalidInput` with the place in the text. */
    search(query: RunSearchQuery): Effect.Effect<RunSearchPage, InvalidInput | StoreError>
    /** Names that filters, sorts and columns can use in the project, in order, that start with `prefix`. */
    fields(project: ProjectId, prefix?: string): Effect.Effect<ReadonlyArray<string>, StoreError>
  }
>()("@wanllmdb/core/RunSearch") {}
