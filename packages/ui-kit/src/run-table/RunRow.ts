/** A row of the run table, and where rows come from: pages of a client, or columns that the host hands over. */
import type { CellValue, RunListItemJson } from "@wanllmdb/core/client"

export interface RunRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly state: RunListItemJson["state"]
  readonly tags: ReadonlyArray<string>
  readonly createdAt: string
  readonly entity: string
  readonly projectSlug: string
  /** In the order of the table's columns. */
  readonly columns: ReadonlyArray<CellValue>
}

/** Rows by position. What is not loaded yet is undefined; `ensure` asks for it. */
export interface RowSource {
  /** Lines to scroll through: runs, and headers of groups. */
  readonly total: number
  /** Runs behind them, those of folded groups too. */
  readonly runs: number
  at(index: number): RunRow | undefined
  /** -1 when the run is not among the loaded rows; the line of its group's header while that is folded. */
  indexOf(run: string): number
  find(run: string): RunRow | undefined
  ensure(first: number, last: number): void
  /** The group whose header stands at a line. Absent where rows are not grouped. */
  groupAt?(index: number): RunGroup | undefined
  /** Runs that are under a header so far. Absent where rows are not grouped. */
  readonly grouped?: number
}

/** A source of nothing, before the first answer. */
export const noRows: RowSource = {
  total: 0,
  runs: 0,
  at: () => undefined,
  indexOf: () => -1,
  find: () => undefined,
  ensure: () => undefined
}

/** Runs that have the same value in the field that the table is grouped by. */
export interface RunGroup {
  readonly key: string
  /** Missing where the runs lack the field. */
  readonly value: CellValue
  readonly runs: ReadonlyArray<RunRow>
  readonly folded: boolean
  /** By column: the mean of numbers, the value that all runs have, or null. */
  readonly cells: ReadonlyArray<CellValue>
}

/** Runs as columns, for hosts with data of their own: no object per row, so 100,000 rows cost nothing until they are seen. */
export interface ColumnarRuns {
  readonly ids: ReadonlyArray<string>
  /** Default: the ids. */
  readonly names?: ReadonlyArray<string>
  /** Default: all finished. */
  readonly states?: ReadonlyArray<RunListItemJson["state"]>
  readonly createdAtMs?: Float64Array
  /** By field name; NaN in a Float64Array is shown as NaN, null in an array as missing. */
  readonly columns: Readonly<Record<string, Float64Array | ReadonlyArray<CellValue>>>
}

export interface SortKey {
  readonly field: string
  readonly descending: boolean
}

/** `-val/acc,created` as keys, and back. */
export const parseSort = (text: string): ReadonlyArray<SortKey> =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "-")
    .map((part) =>
      part.startsWith("-") ? { field: part.slice(1), descending: true } : { field: part, descending: false }
    )

export const sortText = (sort: ReadonlyArray<SortKey>): string =>
  sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(",")

/** The sort after a click on a field's header: it turns where it is sorted by already; `additive` keeps the other keys. */
export const sortedBy = (
  sort: ReadonlyArray<SortKey>,
  by: { readonly field: string; readonly additive?: boolean; readonly descending?: boolean }
): ReadonlyArray<SortKey> => {
  const known = sort.find(({ field }) => field === by.field)
  const next = { field: by.field, descending: known === undefined ? (by.descending ?? true) : !known.descending }
  if (by.additive !== true) return [next]
  return known === undefined ? [...sort, next] : sort.map((key) => (key === known ? next : key))
}

/** `config.lr` is shown as `lr`, `summary.loss` as `loss`. */
export const columnTitle = (field: string): string => field.replace(/^(config|summary)\./, "")

/** Titles for narrow columns: the last part of a long path, unless another column would then be called the same. */
export const shortTitles = (fields: ReadonlyArray<string>): ReadonlyArray<string> => {
  const shortened = fields.map((field) => {
    const title = columnTitle(field)
    return title.length <= 9 ? title : (title.split(/[/.]/).at(-1) ?? title)
  })
  return shortened.map((title, at) =>
    shortened.indexOf(title) === shortened.lastIndexOf(title) ? title : columnTitle(fields[at]!)
  )
}
