/** Run search spelled out over whole runs, one by one: what the index must equal. */
import type { Run, RunFilter } from "@wanllmdb/core"

type Value = number | string | boolean | ReadonlyArray<string>
type Figures = Readonly<
  Record<string, { readonly min: number; readonly max: number; readonly mean: number; readonly last: number }>
>

export interface Subject {
  readonly run: Run
  readonly figures: Figures
  readonly order: number
}

const leaf = (document: Readonly<Record<string, unknown>>, name: string): Value | undefined => {
  const value = document[name]
  if (value === undefined || value === null) return undefined
  if (value === "NaN") return Number.NaN
  return value as Value
}

const blank = (value: string | null | undefined): string | undefined =>
  value === null || value === "" ? undefined : value

const own: Readonly<Record<string, (run: Run) => Value | undefined>> = {
  state: (run) => run.state,
  name: (run) => blank(run.name),
  slug: (run) => run.slug,
  group: (run) => blank(run.group),
  job: (run) => blank(run.jobType),
  user: (run) => blank(run.user),
  host: (run) => blank(run.host),
  notes: (run) => blank(run.notes),
  "git.commit": (run) => run.environment?.git?.commit,
  tag: (run) => (run.tags.length === 0 ? undefined : run.tags),
  created: (run) => run.createdAt,
  updated: (run) => run.updatedAt,
  duration: (run) => run.durationMs / 1000
}

export const valueOf = ({ run, figures }: Subject, field: string): Value | undefined => {
  const read = own[field]
  if (read !== undefined) return read(run)
  if (field.startsWith("config.")) return leaf(run.config, field.slice(7))
  if (field.startsWith("summary.")) return leaf(run.summary, field.slice(8))
  const figure = /^(min|max|mean|last)\((.*)\)$/.exec(field)
  if (figure === null) return leaf(run.summary, field)
  const [, which, metric] = figure
  const known = figures[metric!]
  if (which === "last") return known?.last ?? leaf(run.summary, metric!)
  const value = known?.[which as "min" | "max" | "mean"]
  return value === undefined || Number.isNaN(value) ? undefined : value
}

const seconds = (text: string) => Number.parseFloat(text) * (text.endsWith("h") ? 3600 : text.endsWith("m") ? 60 : 1)

const wanted = (field: string, value: unknown): unknown => {
  if (typeof value !== "string")
    return field in own && !["created", "updated", "duration"].includes(field) ? String(value) : value
  if (field === "created" || field === "updated") return Date.parse(value)
  if (field === "duration") return seconds(value)
  return value === "NaN" && !(field in own) ? Number.NaN : value
}

const compare = (op: string, a: unknown, b: unknown): boolean => {
  const same = Object.is(a, b) || a === b
  if (op === "=") return same
  if (op === "!=") return !same
  if (typeof a !== typeof b) return false
  const [x, y] = [a as number, b as number]
  return op === "<" ? x < y : op === "<=" ? x <= y : op === ">" ? x > y : x >= y
}

const testOne = (field: string, op: string, cell: number | string | boolean, value: unknown): boolean => {
  switch (op) {
    case "in":
      return (value as ReadonlyArray<unknown>).some((one) => compare("=", cell, wanted(field, one)))
    case "contains":
      return typeof cell === "string" && cell.toLowerCase().includes(String(value).toLowerCase())
    case "matches": {
      const source = String(value)
      const pattern = source.startsWith("(?i)") ? new RegExp(source.slice(4), "i") : new RegExp(source)
      return typeof cell === "string" && pattern.test(cell)
    }
    default:
      return compare(op, cell, wanted(field, value))
  }
}

export const matchesNaively = (subject: Subject, filter: RunFilter): boolean => {
  if ("and" in filter) return filter.and.every((part) => matchesNaively(subject, part))
  if ("or" in filter) return filter.or.some((part) => matchesNaively(subject, part))
  if ("not" in filter) return !matchesNaively(subject, filter.not)
  const { field, op, value } = filter
  const cell = valueOf(subject, field)
  if (cell === undefined) return false
  if (op === "exists") return true
  if (typeof cell !== "object") return testOne(field, op, cell, value)
  return op === "!="
    ? cell.every((tag) => testOne(field, op, tag, value))
    : cell.some((tag) => testOne(field, op, tag, value))
}

const classOf = (value: Value | undefined): number =>
  value === undefined
    ? 4
    : typeof value === "number"
      ? Number.isNaN(value)
        ? 3
        : 0
      : typeof value === "boolean"
        ? 1
        : 2

/** Compares two runs by one key; missing last and NaN before it in both directions. */
const compareKey = (a: Subject, b: Subject, field: string, descending: boolean): number => {
  const [x, y] = [valueOf(a, field), valueOf(b, field)]
  const [i, j] = [classOf(x), classOf(y)]
  if (i !== j) return i > 2 || j > 2 || !descending ? i - j : j - i
  if (i > 2) return 0
  const [p, q] = [x as number, y as number]
  return (p < q ? -1 : p > q ? 1 : 0) * (descending ? -1 : 1)
}

export const sortNaively = (
  subjects: ReadonlyArray<Subject>,
  keys: ReadonlyArray<{ readonly field: string; readonly descending: boolean }>
): ReadonlyArray<Subject> =>
  [...subjects].sort((a, b) => {
    for (const { field, descending } of keys) {
      const order = compareKey(a, b, field, descending)
      if (order !== 0) return order
    }
    return (a.order - b.order) * (keys[0]?.descending === true ? -1 : 1)
  })
