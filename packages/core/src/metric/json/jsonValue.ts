/** What JSON values are and how faults speak of them. */

/** The body as a whole is not rows or columns. */
export interface JsonBodyFault {
  readonly path: string
  readonly rule: string
  readonly got: string
}

/** The rows of a body, whichever way they are written. */
export interface RowSource {
  readonly rows: number
  readonly rowAt: (row: number) => unknown
}

export const maxJsonRows = 1_000_000

export const tooMany = (path: string, got: number): JsonBodyFault => ({
  path,
  rule: `has at most ${maxJsonRows} rows`,
  got: `${got} rows`
})

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The kind of a JSON value and a short excerpt, for messages. */
export const kindOf = (value: unknown): string => {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (Array.isArray(value)) return "an array"
  if (typeof value === "object") return "an object"
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  return String(value)
}
