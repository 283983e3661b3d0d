/** Rows that clients number themselves, per (run, segment, stream, client): which were received, so that each is stored once. */
import type { NumberedRows } from "@wanllmdb/core"
import type { RowRange } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../driver/SqliteDriver.ts"
import type { RunRow } from "./RunRow.ts"

type Prepare = SqliteDatabase["prepare"]

const place = "run = ? and segment = ? and stream = ? and client = ?"

/** Notes the rows as received and gives true, or false when some of them were. Inside a write transaction. */
export const takeRows = (prepare: Prepare, row: RunRow, { client, from, stream, to }: NumberedRows): boolean => {
  const where = [row.id, row.rewinds.length, stream, client] as const
  const near = prepare(
    `select row_from, row_to from metric_rows where ${place} and row_from <= ? order by row_from desc limit 1`
  ).get(...where, to)
  // The last range that begins before the rows end: it alone can overlap them unless it lies behind another.
  const before = near !== undefined && Number(near.row_from) === to ? rangeBefore(prepare, where, to) : near
  if (before !== undefined && Number(before.row_to) > from) return false
  const joinsBefore = before !== undefined && Number(before.row_to) === from
  const joinsAfter = near !== undefined && Number(near.row_from) === to
  const end = joinsAfter ? Number(near.row_to) : to
  if (joinsAfter) prepare(`delete from metric_rows where ${place} and row_from = ?`).run(...where, to)
  if (joinsBefore) {
    prepare(`update metric_rows set row_to = ? where ${place} and row_from = ?`).run(
      end,
      ...where,
      Number(before.row_from)
    )
  } else {
    prepare("insert into metric_rows (run, segment, stream, client, row_from, row_to) values (?, ?, ?, ?, ?, ?)").run(
      ...where,
      from,
      end
    )
  }
  return true
}

const rangeBefore = (prepare: Prepare, where: readonly [number, number, string, string], to: number) =>
  prepare(
    `select row_from, row_to from metric_rows where ${place} and row_from < ? order by row_from desc limit 1`
  ).get(...where, to)

export const receivedRows = (
  prepare: Prepare,
  row: RunRow | null,
  { client, stream }: Pick<NumberedRows, "stream" | "client">
): ReadonlyArray<RowRange> =>
  row === null
    ? []
    : prepare(`select row_from, row_to from metric_rows where ${place} order by row_from`)
        .all(row.id, row.rewinds.length, stream, client)
        .map((range): RowRange => [Number(range.row_from), Number(range.row_to)])
