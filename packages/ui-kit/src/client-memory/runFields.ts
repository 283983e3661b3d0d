/** Reads the fields that filters, sorts and columns name from a memory run, and decides a filter over them. */
import type { RunFilter } from "@wanllmdb/core"
import type { CellValue } from "@wanllmdb/core/client"
import { LinearPattern } from "@wanllmdb/core/filter"
import { flatten } from "../format/flatten.ts"
import { keySummary, type MemoryRun, wireNumber } from "./MemoryRun.ts"

const ownFields: Readonly<Record<string, (memory: MemoryRun) => CellValue>> = {
  state: ({ run }) => run.state,
  name: ({ run }) => run.name,
  slug: ({ run }) => run.slug,
  group: ({ run }) => run.group,
  job: ({ run }) => run.jobType,
  user: ({ run }) => run.user,
  host: ({ run }) => run.host,
  created: ({ run }) => run.createdAt,
  updated: ({ run }) => run.updatedAt,
  duration: ({ run }) => run.durationMs / 1000,
  notes: ({ run }) => run.notes,
  "git.commit": ({ run }) => run.environment?.git?.commit ?? null
}

const cell = (value: unknown): CellValue => {
  if (value === undefined || value === null) return null
  if (typeof value === "number") return wireNumber(value) as CellValue
  return typeof value === "string" || typeof value === "boolean" ? value : JSON.stringify(value)
}

export const fieldOf = (memory: MemoryRun, field: string): CellValue => {
  const own = ownFields[field]
  if (own !== undefined) return own(memory)
  if (field.startsWith("config.")) return cell(flatten(memory.run.config).get(field.slice(7)))
  const picked = /^(min|max|mean)\((.*)\)$/.exec(field)
  if (picked !== null) {
    const series = memory.series.get(picked[2]!)
    return series === undefined ? null : keySummary(picked[2]!, series)[picked[1] as "min" | "max" | "mean"]
  }
  const name = field.startsWith("summary.") ? field.slice(8) : field
  const last = memory.series.get(name)?.values.at(-1)
  return last === undefined ? cell(flatten(memory.run.summary).get(name)) : cell(last)
}

export const fieldNames = (memory: MemoryRun): ReadonlyArray<string> => [
  ...[...flatten(memory.run.config).keys()].map((key) => `config.${key}`),
  ...[...flatten(memory.run.summary).keys()].map((key) => `summary.${key}`),
  ...[...memory.series.keys()].map((key) => `summary.${key}`)
]

const order = (left: CellValue, right: unknown): number => {
  if (typeof left === "number" && typeof right === "number") return left - right
  const [a, b] = [String(left), String(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

export const matches = (memory: MemoryRun, filter: RunFilter): boolean => {
  if ("and" in filter) return filter.and.every((part) => matches(memory, part))
  if ("or" in filter) return filter.or.some((part) => matches(memory, part))
  if ("not" in filter) return !matches(memory, filter.not)
  const { field, op, value } = filter
  const cells = field === "tag" ? memory.run.tags : [fieldOf(memory, field)]
  return cells.some((left) => {
    if (left === null) return false
    if (op === "exists") return true
    if (op === "in") return Array.isArray(value) && value.some((one) => order(left, one) === 0)
    if (op === "contains") return String(left).toLowerCase().includes(String(value).toLowerCase())
    if (op === "matches") return new LinearPattern(String(value)).test(String(left))
    const sign = order(left, value)
    if (op === "=") return sign === 0
    if (op === "!=") return sign !== 0
    if (op === "<") return sign < 0
    if (op === "<=") return sign <= 0
    return op === ">" ? sign > 0 : sign >= 0
  })
}

/** Compares two runs by a sort such as `-val/acc,created`; a missing value comes last either way. */
export const bySort = (sort: string) => {
  const keys = sort.split(",").map((key) => (key.startsWith("-") ? ([key.slice(1), -1] as const) : ([key, 1] as const)))
  return (a: MemoryRun, b: MemoryRun): number => {
    for (const [field, direction] of keys) {
      const [left, right] = [fieldOf(a, field), fieldOf(b, field)]
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1
        continue
      }
      const sign = order(left, right)
      if (sign !== 0) return sign * direction
    }
    return a.run.id < b.run.id ? 1 : -1
  }
}
