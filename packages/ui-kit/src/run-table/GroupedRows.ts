/**
 * Rows of another source under headers, one for each value of a field. Groups stand in the order of their first row, so the
 * table's sort orders both the groups and the runs in each. Runs without the field come last.
 */
import type { CellValue } from "@wanllmdb/core/client"
import type { RowSource, RunGroup, RunRow } from "./RunRow.ts"

/** Only so many rows are grouped: a group's count and means need all of its rows here. */
export const mostGrouped = 10_000

const numberOf = (value: CellValue): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null

/** What the header of a group says of a column: the value they share, else the mean of those that are finite numbers. */
export const groupCell = (runs: ReadonlyArray<RunRow>, column: number): CellValue => {
  const first = runs[0]?.columns[column] ?? null
  let [sum, count, alike] = [0, 0, true]
  for (const { columns } of runs) {
    const value = columns[column] ?? null
    alike &&= value === first
    const number = numberOf(value)
    if (number === null) continue
    sum += number
    count++
  }
  return alike ? first : count === 0 ? null : sum / count
}

export class GroupedRows implements RowSource {
  readonly total: number
  readonly runs: number
  readonly grouped: number
  readonly groups: ReadonlyArray<RunGroup>
  readonly #source: RowSource
  readonly #lines: Array<RunRow | RunGroup> = []
  readonly #position = new Map<string, number>()
  readonly #rows = new Map<string, RunRow>()

  /** Rows of `source` carry the value that they are grouped by at `columns`, behind their cells. */
  constructor(source: RowSource, columns: number, folded: ReadonlySet<string>) {
    this.#source = source
    const members = new Map<string, Array<RunRow>>()
    for (let at = 0; at < Math.min(source.total, mostGrouped); at++) {
      const row = source.at(at)
      if (row === undefined) break
      const key = JSON.stringify(row.columns[columns] ?? null)
      const group = members.get(key)
      if (group === undefined) members.set(key, [row])
      else group.push(row)
      this.#rows.set(row.id, row)
    }
    this.groups = [...members]
      .sort(([a], [b]) => Number(a === "null") - Number(b === "null"))
      .map(([key, runs]) => ({
        key,
        value: runs[0]!.columns[columns] ?? null,
        runs,
        folded: folded.has(key),
        cells: Array.from({ length: columns }, (_, column) => groupCell(runs, column))
      }))
    for (const group of this.groups) {
      const header = this.#lines.push(group) - 1
      for (const run of group.runs) {
        this.#position.set(run.id, group.folded ? header : this.#lines.length)
        if (!group.folded) this.#lines.push(run)
      }
    }
    this.total = this.#lines.length
    this.runs = source.runs
    this.grouped = this.#rows.size
  }

  at(index: number): RunRow | undefined {
    const line = this.#lines[index]
    return line === undefined || "runs" in line ? undefined : line
  }

  groupAt(index: number): RunGroup | undefined {
    const line = this.#lines[index]
    return line !== undefined && "runs" in line ? line : undefined
  }

  indexOf(run: string): number {
    return this.#position.get(run) ?? -1
  }

  find(run: string): RunRow | undefined {
    return this.#rows.get(run)
  }

  ensure(): void {
    this.#source.ensure(0, mostGrouped - 1)
  }
}

/** Which groups are folded after one of them was, or with null all; `to` absent turns each. */
export const foldGroups = (
  rows: RowSource,
  folded: ReadonlySet<string>,
  group: string | null,
  to?: boolean
): ReadonlySet<string> => {
  const next = new Set(folded)
  const all = Array.from({ length: rows.total }, (_, at) => rows.groupAt?.(at)?.key)
  for (const key of group === null ? all : [group]) {
    if (key === undefined) continue
    if (to ?? !folded.has(key)) next.add(key)
    else next.delete(key)
  }
  return next
}
