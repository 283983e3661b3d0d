/** Prints a listing: aligned columns for people, one JSON array for programs. */

export type Row = Readonly<Record<string, unknown>>

export const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** `columns`: property to heading. JSON shows every property. */
export const printRows = (
  rows: ReadonlyArray<Row>,
  columns: Readonly<Record<string, string>>,
  options: { readonly json?: boolean | undefined; readonly empty: string }
): void => {
  if (options.json === true) {
    print(JSON.stringify(rows, null, 2))
    return
  }
  if (rows.length === 0) {
    print(options.empty)
    return
  }
  const names = Object.keys(columns)
  const cells = rows.map((row) => names.map((name) => cell(row[name])))
  const numeric = names.map((name) => rows.every((row) => typeof row[name] === "number"))
  const table = [names.map((name) => columns[name]!), ...cells]
  const widths = names.map((_, i) => Math.max(...table.map((row) => row[i]!.length)))
  for (const row of table) {
    print(
      row
        .map((text, i) => (numeric[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
        .join("  ")
        .trimEnd()
    )
  }
}

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return "–"
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value)
}
