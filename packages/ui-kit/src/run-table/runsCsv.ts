/** Runs as CSV for spreadsheets (RFC 4180): what the table shows, with values as they are stored. */
import type { CellValue } from "@wanllmdb/core/client"
import { columnTitle, type RunRow } from "./RunRow.ts"

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
    lines.push([name, slug, state, tags.join(", "), createdAt, ...columns].map(cell).join(","))
  return `${lines.join("\r\n")}\r\n`
}
