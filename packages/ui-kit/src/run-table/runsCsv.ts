/** Runs as CSV for spreadsheets (RFC 4180): what the table shows, with values as they are stored. */
import type { CellValue, RunPage, RunQuery } from "@wanllmdb/core/client"
import { columnTitle, type RowSource, type RunRow } from "./RunRow.ts"

/**
 * Spreadsheets run a cell that begins like a formula, and a run's name is whatever its author typed: such a text gets an
 * apostrophe, which they take for "this is text". Numbers never do, so `-0.5` stays a number.
 */
const safeText = (text: string): string => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const cell = (value: CellValue): string => {
  if (value === null || value === undefined) return ""
  if (typeof value === "number") return String(value)
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value
  return quoted(safeText(String(value)))
}

/** `name,slug,state,tags,created` and then the columns, in the order of `fields`; lines end in CR LF. */
export const runsCsv = (rows: Iterable<RunRow>, fields: ReadonlyArray<string>): string => {
  const lines = [["name", "slug", "state", "tags", "created", ...fields.map(columnTitle)].map(cell).join(",")]
  for (const { name, slug, state, tags, createdAt, columns } of rows)
    lines.push([name, slug, state, tags.join(", "), createdAt, ...columns.slice(0, fields.length)].map(cell).join(","))
  return `${lines.join("\r\n")}\r\n`
}

/** These runs in the table's order, or with null all that its query finds: `search` is asked where not all are loaded. */
export const exportedRows = async (
  source: RowSource,
  runs: ReadonlyArray<string> | null,
  search: ((page: RunQuery) => Promise<RunPage>) | null
): Promise<ReadonlyArray<RunRow>> => {
  const wanted = runs === null ? null : new Set(runs)
  const chosen = (row: RunRow | undefined): row is RunRow => row !== undefined && (wanted?.has(row.id) ?? true)
  const loaded = Array.from({ length: source.total }, (_, at) => source.at(at)).filter(chosen)
  if (search === null || loaded.length >= (wanted?.size ?? source.total)) return loaded
  const rows: Array<RunRow> = []
  for (let cursor: string | undefined; ; ) {
    const page = await search({ limit: 1000, cursor })
    rows.push(...page.items.filter(chosen))
    if (page.next === null) return rows
    cursor = page.next
  }
}
