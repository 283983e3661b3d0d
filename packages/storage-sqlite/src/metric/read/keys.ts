/** A run's key names, in code point order, a page at a time. */
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { isPlain, lineageOf } from "./lineage.ts"
import type { SummaryCache } from "./SummaryCache.ts"
import { namesOf, summariesOf } from "./summaries.ts"

export interface KeysQuery {
  readonly run: string
  readonly prefix?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

const defaultLimit = 1000
const mostLimit = 10_000

export const keysOf = (
  prepare: SqliteDatabase["prepare"],
  cache: SummaryCache,
  { run, prefix = "", after, limit = defaultLimit }: KeysQuery
): ReadonlyArray<string> => {
  const lineage = lineageOf(prepare, run)
  const most = Math.min(limit, mostLimit)
  if (lineage.row !== null && isPlain(lineage)) {
    const rows = prepare(
      `select name from metric_key where run = ? and kinds > 0 and name >= ? and name > ? order by name limit ?`
    ).all(lineage.row.id, prefix, after ?? "", most)
    const names = rows.map(({ name }) => String(name))
    // Names with the prefix stand together, from the prefix on.
    const end = names.findIndex((name) => !name.startsWith(prefix))
    return end < 0 ? names : names.slice(0, end)
  }
  // With rewinds and forks a name may have no visible point left.
  const names = namesOf(prepare, lineage, prefix)
  const visible = summariesOf(prepare, cache, run, names).map(({ key }) => key)
  const from =
    after === undefined ? 0 : visible.findIndex((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
  return from < 0 ? [] : visible.slice(from, from + most)
}
