/** Rows over the host's own columns: an order of indices is sorted, rows are made only for what is on screen. */
import type { CellValue } from "@wanllmdb/core/client"
import type { ColumnarRuns, RowSource, RunRow, SortKey } from "./RunRow.ts"

export class ColumnarRows implements RowSource {
  readonly total: number
  readonly runs: number
  readonly #data: ColumnarRuns
  readonly #columns: ReadonlyArray<Float64Array | ReadonlyArray<CellValue> | undefined>
  readonly #order: Uint32Array
  /** Positions of rows that were asked for; of all rows only once another one is looked up. */
  readonly #position = new Map<string, number>()

  constructor(data: ColumnarRuns, columns: ReadonlyArray<string>, sort: ReadonlyArray<SortKey>) {
    this.#data = data
    this.total = data.ids.length
    this.runs = this.total
    this.#columns = columns.map((field) => data.columns[field] ?? (field === "state" ? data.states : undefined))
    this.#order = new Uint32Array(this.total)
    for (let at = 0; at < this.total; at++) this.#order[at] = at
    const keys = sort.flatMap(({ field, descending }) => {
      const column =
        field === "name" ? (data.names ?? data.ids) : field === "created" ? data.createdAtMs : data.columns[field]
      return column === undefined ? [] : [{ column, sign: descending ? -1 : 1 }]
    })
    if (keys.length > 0) this.#order.sort((a, b) => compare(keys, a, b) || a - b)
  }

  at(index: number): RunRow | undefined {
    const at = this.#order[index]
    if (at === undefined) return undefined
    const { ids, names, states, createdAtMs } = this.#data
    const id = ids[at]!
    this.#position.set(id, index)
    return {
      id,
      slug: id,
      name: names?.[at] ?? id,
      state: states?.[at] ?? "finished",
      tags: [],
      createdAt: createdAtMs === undefined ? "" : new Date(createdAtMs[at]!).toISOString(),
      entity: "",
      projectSlug: "",
      columns: this.#columns.map((column) => {
        const value = column?.[at] ?? null
        return typeof value === "number" && !Number.isFinite(value) ? String(value) : value
      })
    }
  }

  indexOf(run: string): number {
    const known = this.#position.get(run)
    if (known !== undefined) return known
    if (this.#position.size < this.total) {
      for (let at = 0; at < this.total; at++) this.#position.set(this.#data.ids[this.#order[at]!]!, at)
    }
    return this.#position.get(run) ?? -1
  }

  find(run: string): RunRow | undefined {
    return this.at(this.indexOf(run))
  }

  ensure(): void {}
}

interface Key {
  readonly column: Float64Array | ReadonlyArray<CellValue>
  readonly sign: number
}

const missing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value)

const compare = (keys: ReadonlyArray<Key>, a: number, b: number): number => {
  for (const { column, sign } of keys) {
    const [left, right] = [column[a], column[b]]
    if (missing(left) || missing(right)) {
      if (missing(left) !== missing(right)) return missing(left) ? 1 : -1
      continue
    }
    if (left! < right!) return -sign
    if (left! > right!) return sign
  }
  return 0
}

/** The rows at the positions that `keep` accepts. */
export const keepRows = (data: ColumnarRuns, keep: (at: number) => boolean): ColumnarRuns => {
  const kept = data.ids.map((_, at) => at).filter(keep)
  const pick = <A>(column: ReadonlyArray<A>): ReadonlyArray<A> => kept.map((at) => column[at]!)
  return {
    ids: pick(data.ids),
    ...(data.names === undefined ? {} : { names: pick(data.names) }),
    ...(data.states === undefined ? {} : { states: pick(data.states) }),
    ...(data.createdAtMs === undefined ? {} : { createdAtMs: Float64Array.from(kept, (at) => data.createdAtMs![at]!) }),
    columns: Object.fromEntries(
      Object.entries(data.columns).map(([field, column]) => [
        field,
        column instanceof Float64Array ? Float64Array.from(kept, (at) => column[at]!) : pick(column)
      ])
    )
  }
}
