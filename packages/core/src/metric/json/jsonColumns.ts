/** JSON columns: parallel arrays of step, time and value, so that a curl user sends a thousand points in one line. */
import { isObject, type JsonBodyFault, kindOf, maxJsonRows, type RowSource, tooMany } from "./jsonValue.ts"

const axes = ["step", "timeMs"] as const
const parts = ["values", "texts", "histograms", "records"] as const

/** Rows of columns that fit together; else the fault of the body. `null` entries are holes: the key has no point in that row. */
export const jsonColumns = (columns: unknown): RowSource | JsonBodyFault => {
  if (!isObject(columns)) return { path: "columns", rule: "must be an object", got: kindOf(columns) }
  let length: number | null = null
  let lengthOf = ""
  const check = (path: string, value: unknown): JsonBodyFault | null => {
    if (!Array.isArray(value)) return { path, rule: "must be an array", got: kindOf(value) }
    if (value.length > maxJsonRows) return tooMany(path, value.length)
    if (length !== null && value.length !== length) {
      return { path, rule: `has as many entries as ${lengthOf} (${length})`, got: `${value.length} entries` }
    }
    length = value.length
    if (lengthOf === "") lengthOf = path
    return null
  }
  for (const axis of axes) {
    const fault = columns[axis] === undefined ? null : check(`columns.${axis}`, columns[axis])
    if (fault !== null) return fault
  }
  for (const part of parts) {
    const entries = columns[part]
    if (entries === undefined) continue
    if (!isObject(entries))
      return { path: `columns.${part}`, rule: "must be an object of arrays", got: kindOf(entries) }
    for (const key of Object.keys(entries)) {
      const fault = check(`columns.${part}[${JSON.stringify(key)}]`, entries[key])
      if (fault !== null) return fault
    }
  }
  return { rows: length ?? 0, rowAt: (row) => rowOf(columns, row) }
}

const rowOf = (columns: Readonly<Record<string, unknown>>, row: number): unknown => {
  const out: Record<string, unknown> = {}
  for (const axis of axes) {
    const values = columns[axis]
    if (Array.isArray(values)) out[axis] = values[row]
  }
  for (const part of parts) {
    const entries = columns[part]
    if (!isObject(entries)) continue
    const cells: Record<string, unknown> = Object.create(null)
    for (const key of Object.keys(entries)) {
      const values = entries[key]
      if (Array.isArray(values) && values[row] !== null) cells[key] = values[row]
    }
    out[part] = cells
  }
  return out
}
