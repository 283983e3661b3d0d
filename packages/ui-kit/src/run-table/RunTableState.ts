/** What a run table shows and what can happen to it, as plain data. */
import type { LiveStatus, WanllmdbClient } from "@wanllmdb/core/client"
import type { ColumnarRuns, RowSource, SortKey } from "./RunRow.ts"

export interface RunTableOptions {
  readonly client?: WanllmdbClient | null
  /** Id or `entity:slug`. */
  readonly project?: string | null
  readonly data?: ColumnarRuns | null
  readonly filter?: string
  readonly sort?: string
  /** Default: picked from the fields of the project. */
  readonly columns?: ReadonlyArray<string> | null
  /** Ids that charts show. Default: the first ten rows. */
  readonly shown?: ReadonlyArray<string> | null
  readonly deleted?: boolean
  readonly group?: string | null
  readonly widths?: Readonly<Record<string, number>> | null
}

export interface RunTableState {
  /** `refreshing` keeps the old rows on screen while new ones are on their way. */
  readonly status: "loading" | "refreshing" | "ready" | "error"
  readonly error: unknown
  readonly filter: string
  /** Where the filter text is wrong; the rows are then those of the last right one. */
  readonly mistake: { readonly position: number; readonly message: string } | null
  readonly sort: ReadonlyArray<SortKey>
  readonly columns: ReadonlyArray<string>
  /** What columns can be picked from. */
  readonly fields: ReadonlyArray<string>
  /** Field whose values the rows are grouped by, such as `group`, `job`, `config.lr`; null for none. */
  readonly group: string | null
  /** Keys of groups whose rows are put away. */
  readonly folded: ReadonlySet<string>
  /** Widths that someone gave to columns, px, by field; the others share the room. */
  readonly widths: Readonly<Record<string, number>>
  readonly rows: RowSource
  /** Grows when a row's content may have changed. */
  readonly version: number
  /** Ids of runs that charts show. */
  readonly shown: ReadonlySet<string>
  /** False while the first rows are shown by themselves. */
  readonly shownByHand: boolean
  readonly selected: ReadonlySet<string>
  /** New runs whose place in this order is not known; `reload` brings them in. */
  readonly fresh: number
  readonly live: LiveStatus
  /** Whether the table lists deleted runs instead. */
  readonly deleted: boolean
  readonly busy: boolean
  /** A failed change or page, shown beside the rows that stay. */
  readonly notice: unknown
}

export type BulkChange =
  | { readonly op: "delete" | "restore" }
  | { readonly op: "addTags" | "removeTags"; readonly tags: ReadonlyArray<string> }
  | { readonly op: "group"; readonly group: string | null }
  | { readonly op: "move"; readonly project: string }

export type RunTableEvent =
  | { readonly type: "filter"; readonly text: string }
  /** The field's direction turns when it is already sorted by; else `descending`, default true. */
  | { readonly type: "sort"; readonly field: string; readonly additive?: boolean; readonly descending?: boolean }
  | { readonly type: "columns"; readonly columns: ReadonlyArray<string> }
  | { readonly type: "group"; readonly field: string | null }
  /** Puts the rows of a group away or brings them back; with null those of all groups. */
  | { readonly type: "fold"; readonly group: string | null; readonly folded?: boolean }
  /** Null gives the column its own width back. */
  | { readonly type: "width"; readonly field: string; readonly px: number | null }
  /** Rows `first` to `last` come into view. */
  | { readonly type: "need"; readonly first: number; readonly last: number }
  /** `alone` shows only this run, and the first rows again when it already is alone. */
  | { readonly type: "toggleShown"; readonly run: string; readonly alone?: boolean }
  | { readonly type: "select"; readonly runs: ReadonlyArray<string>; readonly mode: "only" | "toggle" | "add" }
  | { readonly type: "bulk"; readonly change: BulkChange }
  | { readonly type: "deleted"; readonly deleted: boolean }
  | { readonly type: "reload" }
  | { readonly type: "forgetNotice" }
