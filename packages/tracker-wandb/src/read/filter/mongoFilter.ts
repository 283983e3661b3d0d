/**
 * The client's filters, a dialect of MongoDB's, as filters of the engine. As in MongoDB a run without the field passes `$ne`,
 * `$nin` and `$not`, and no other comparison.
 */
import type { RunFilter } from "@wanllmdb/core"
import { isFields, type JsonFields } from "../../graphql/Variables.ts"
import { badField, ClientFault } from "../../wire/ClientFault.ts"
import { type Json, toJson } from "../../wire/toJson.ts"
import { runField, sweepField } from "./runField.ts"

/** Slugs of the runs of a sweep. */
export type SweepRuns = (sweep: string) => ReadonlyArray<string>

const maxDepth = 40
/** The engine takes lists of up to ten thousand values. */
const listLength = 10_000
/** Numbers below are seconds, not milliseconds: until the year 5138. */
const secondsBelow = 1e11

const everything: RunFilter = { and: [] }
const nothing: RunFilter = { or: [] }

const all = (parts: ReadonlyArray<RunFilter>): RunFilter => (parts.length === 1 ? parts[0]! : { and: parts })
const any = (parts: ReadonlyArray<RunFilter>): RunFilter => (parts.length === 1 ? parts[0]! : { or: parts })
const not = (part: RunFilter): RunFilter => ({ not: part })
const exists = (field: string): RunFilter => ({ field, op: "exists" })

const ownTexts: ReadonlySet<string> = new Set([
  "git.commit",
  "group",
  "host",
  "job",
  "name",
  "notes",
  "slug",
  "state",
  "tag",
  "user"
])
const isMoment = (field: string): boolean => field === "created" || field === "updated"

/** A value as the engine's cells hold it: lists and objects rest as their text. */
const operandOf = (field: string, value: unknown): string | number | boolean => {
  const json = toJson(value)
  if (typeof json === "object") return JSON.stringify(json)
  if (isMoment(field) && typeof json === "number") return json < secondsBelow ? json * 1000 : json
  if (field === "state" && typeof json === "string") return json.toLowerCase()
  return json
}

/** A logged truth value became 0 or 1. */
const alike = (field: string, value: string | number | boolean): ReadonlyArray<Json> =>
  typeof value === "boolean" && field.startsWith("summary.") ? [value, Number(value)] : [value]

const equals = (field: string, value: unknown, path: string): RunFilter => {
  if (value === null || (value === "" && ownTexts.has(field))) return not(exists(field))
  if (field === "tag" && Array.isArray(value)) return all(value.map((one) => equals(field, one, path)))
  const values = alike(field, operandOf(field, value))
  return values.length === 1 ? { field, op: "=", value: values[0]! } : { field, op: "in", value: values }
}

const oneOf = (field: string, value: unknown, path: string): RunFilter => {
  if (!Array.isArray(value)) throw badField(path, "a list", value)
  const isAbsent = (one: unknown) => one === null || (one === "" && ownTexts.has(field))
  const operands = value.filter((one) => !isAbsent(one)).flatMap((one) => alike(field, operandOf(field, one)))
  const parts: Array<RunFilter> = operands.length === 0 ? [] : [{ field, op: "in", value: operands }]
  if (value.some(isAbsent)) parts.push(not(exists(field)))
  return parts.length === 0 ? nothing : any(parts)
}

const ordered = (field: string, op: "<" | "<=" | ">" | ">=", value: unknown, path: string): RunFilter => {
  if (value === null) return nothing
  if (typeof value === "object") throw badField(path, "a text, number or truth value", value)
  return { field, op, value: operandOf(field, value) }
}

const matching = (field: string, value: unknown, options: unknown, path: string): RunFilter => {
  if (typeof value !== "string") throw badField(path, "a pattern", value)
  const insensitive = typeof options === "string" && options.includes("i")
  return { field, op: "matches", value: insensitive ? `(?i)${value}` : value }
}

const isTrue = (value: unknown): boolean => value === true || (typeof value === "number" && value !== 0)

const comparison = (
  field: string,
  operator: string,
  value: unknown,
  operators: JsonFields,
  path: string
): RunFilter => {
  switch (operator) {
    case "$eq":
      return equals(field, value, path)
    case "$ne":
      return not(equals(field, value, path))
    case "$lt":
      return ordered(field, "<", value, path)
    case "$lte":
      return ordered(field, "<=", value, path)
    case "$gt":
      return ordered(field, ">", value, path)
    case "$gte":
      return ordered(field, ">=", value, path)
    case "$in":
      return oneOf(field, value, path)
    case "$nin":
      return not(oneOf(field, value, path))
    case "$all":
      if (!Array.isArray(value)) throw badField(path, "a list", value)
      return all(value.map((one) => equals(field, one, path)))
    case "$exists":
      return isTrue(value) ? exists(field) : not(exists(field))
    case "$regex":
      return matching(field, value, operators.$options, path)
    case "$options":
      return everything
    default:
      throw new ClientFault(400, `${path}: ${operator.slice(0, 40)} is no operator of filters`)
  }
}

const isOperators = (value: unknown): value is JsonFields =>
  isFields(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => key.startsWith("$"))

class Translation {
  readonly #sweepRuns: SweepRuns

  constructor(sweepRuns: SweepRuns) {
    this.#sweepRuns = sweepRuns
  }

  filter(value: unknown, path: string, depth: number): RunFilter {
    if (!isFields(value)) throw badField(path, "an object", value)
    if (depth > maxDepth) throw new ClientFault(400, `${path}: must nest at most ${maxDepth} levels`)
    return all(
      Object.entries(value).map(([key, entry]) => this.#entry(key, entry, `${path}.${key.slice(0, 120)}`, depth))
    )
  }

  #entry(key: string, value: unknown, path: string, depth: number): RunFilter {
    switch (key) {
      case "$and":
        return all(this.#list(value, path, depth))
      case "$or":
        return any(this.#list(value, path, depth))
      case "$nor":
        return not(any(this.#list(value, path, depth)))
      case "$not":
        return not(this.filter(value, path, depth + 1))
      default:
        if (key.startsWith("$")) throw new ClientFault(400, `${path}: ${key.slice(0, 40)} is no operator of filters`)
        return this.#field(runField(key, path), value, path, depth)
    }
  }

  #list(value: unknown, path: string, depth: number): ReadonlyArray<RunFilter> {
    if (!Array.isArray(value)) throw badField(path, "a list of filters", value)
    return value.map((one, index) => this.filter(one, `${path}[${index}]`, depth + 1))
  }

  #field(field: string, value: unknown, path: string, depth: number): RunFilter {
    if (depth > maxDepth) throw new ClientFault(400, `${path}: must nest at most ${maxDepth} levels`)
    if (!isOperators(value)) return field === sweepField ? this.#sweep("$eq", value, path) : equals(field, value, path)
    return all(
      Object.entries(value).map(([operator, operand]) => {
        const at = `${path}.${operator.slice(0, 40)}`
        if (operator === "$not") return not(this.#field(field, operand, at, depth + 1))
        if (field === sweepField) return this.#sweep(operator, operand, at)
        return comparison(field, operator, operand, value, at)
      })
    )
  }

  /** The engine's runs know no sweep, but a sweep knows its runs. */
  #sweep(operator: string, value: unknown, path: string): RunFilter {
    switch (operator) {
      case "$eq":
        return this.#runsOf([value], path)
      case "$ne":
        return not(this.#runsOf([value], path))
      case "$in":
        return this.#runsOf(value, path)
      case "$nin":
        return not(this.#runsOf(value, path))
      default:
        throw new ClientFault(400, `${path}: sweeps are compared by $eq, $ne, $in and $nin`)
    }
  }

  #runsOf(sweeps: unknown, path: string): RunFilter {
    if (!Array.isArray(sweeps) || !sweeps.every((sweep) => typeof sweep === "string")) {
      throw badField(path, "names of sweeps", sweeps)
    }
    const slugs = sweeps.flatMap((sweep) => this.#sweepRuns(sweep))
    const parts: Array<RunFilter> = []
    for (let from = 0; from < slugs.length; from += listLength) {
      parts.push({ field: "slug", op: "in", value: slugs.slice(from, from + listLength) })
    }
    return parts.length === 0 ? nothing : any(parts)
  }
}

/** The filter, or a `ClientFault` that names the place and the rule. */
export const mongoFilter = (filter: unknown, sweepRuns: SweepRuns): RunFilter =>
  new Translation(sweepRuns).filter(filter, "filters", 0)

/** Names of sweeps that the filter speaks of. */
export const sweepsIn = (filter: unknown): ReadonlySet<string> => {
  const names = new Set<string>()
  mongoFilter(filter, (sweep) => {
    names.add(sweep)
    return []
  })
  return names
}
