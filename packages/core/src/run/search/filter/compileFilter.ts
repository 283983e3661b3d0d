/** A filter tree, checked and made ready to run over columns: fields resolved, values read, patterns built. */
import type { Schema } from "effect"
import { InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import type { FieldTest, RunFilter } from "../RunFilter.ts"
import { checkField } from "./checkField.ts"
import type { Field } from "./Field.ts"
import { readMoment, readNonFinite, readSeconds } from "./filterValue.ts"
import { LinearPattern, PatternFault } from "./LinearPattern.ts"

const maxNodes = 2_000
const maxDepth = 60
const maxList = 10_000

export type Operand = number | boolean | string

export type CellTest =
  | { readonly op: "exists" }
  | { readonly op: "=" | "!=" | "<" | "<=" | ">" | ">="; readonly value: Operand }
  | {
      readonly op: "in"
      readonly numbers: ReadonlySet<number>
      readonly flags: ReadonlySet<boolean>
      readonly texts: ReadonlySet<string>
    }
  /** `contains` and `matches`, over texts only. */
  | { readonly op: "text"; readonly test: (text: string) => boolean }

export type Plan =
  | { readonly kind: "test"; readonly field: Field; readonly test: CellTest }
  | { readonly kind: "and" | "or"; readonly parts: ReadonlyArray<Plan> }
  | { readonly kind: "not"; readonly part: Plan }

const describe = (value: Schema.Json | undefined): string =>
  value === undefined
    ? "nothing"
    : value === null
      ? "null"
      : Array.isArray(value)
        ? "a list"
        : typeof value === "object"
          ? "an object"
          : JSON.stringify(value).slice(0, 60)

/** The value as cells of the field hold it, or what is wrong with it. */
const operandOf = (field: Field, path: string, value: Schema.Json | undefined): Operand | InvalidInput => {
  if (value === undefined || value === null || typeof value === "object") {
    return invalidInput(path, "must be a string, number or boolean", describe(value))
  }
  switch (field.kind) {
    case "time":
      return readMoment(value) ?? invalidInput(path, "must be an ISO 8601 date or Unix milliseconds", describe(value))
    case "duration":
      return (
        readSeconds(value) ??
        invalidInput(path, 'must be seconds or a text such as "90s", "20m", "1.5h"', describe(value))
      )
    case "text":
    case "tags":
      return String(value)
    default:
      return typeof value === "string" ? (readNonFinite(value) ?? value) : value
  }
}

const patternOf = (path: string, value: string): LinearPattern | InvalidInput => {
  try {
    return new LinearPattern(value)
  } catch (fault) {
    if (!(fault instanceof PatternFault)) throw fault
    return invalidInput(path, `pattern ${fault.rule}`, JSON.stringify(value.slice(0, 60)))
  }
}

const listTest = (field: Field, path: string, value: Schema.Json | undefined): CellTest | InvalidInput => {
  if (!Array.isArray(value) || value.length > maxList) {
    return invalidInput(path, `must be a list of at most ${maxList} values`, describe(value))
  }
  const [numbers, flags, texts] = [new Set<number>(), new Set<boolean>(), new Set<string>()]
  for (const [index, one] of (value as ReadonlyArray<Schema.Json>).entries()) {
    const operand = operandOf(field, `${path}[${index}]`, one)
    if (operand instanceof InvalidInput) return operand
    if (typeof operand === "number") numbers.add(operand)
    else if (typeof operand === "boolean") flags.add(operand)
    else texts.add(operand)
  }
  return { op: "in", numbers, flags, texts }
}

const testOf = (field: Field, { op, value }: FieldTest, path: string): CellTest | InvalidInput => {
  switch (op) {
    case "exists":
      return { op }
    case "in":
      return listTest(field, path, value)
    case "contains": {
      if (typeof value !== "string") return invalidInput(path, "must be a string", describe(value))
      const needle = value.toLowerCase()
      return { op: "text", test: (text) => text.toLowerCase().includes(needle) }
    }
    case "matches": {
      if (typeof value !== "string") return invalidInput(path, "must be a pattern", describe(value))
      const pattern = patternOf(path, value)
      return pattern instanceof InvalidInput ? pattern : { op: "text", test: (text) => pattern.test(text) }
    }
    default: {
      const operand = operandOf(field, path, value)
      if (operand instanceof InvalidInput) return operand
      if (field.kind === "tags" && op !== "=" && op !== "!=") {
        return invalidInput(path, "tags have no order; use =, !=, in, contains or matches", op)
      }
      return { op, value: operand }
    }
  }
}

/** The plan, or the first rule that the tree breaks; paths follow the tree, such as `filter.and[1].value`. */
export const compileFilter = (filter: RunFilter, path = "filter"): Plan | InvalidInput => {
  let nodes = 0
  const compile = (node: RunFilter, at: string, depth: number): Plan | InvalidInput => {
    if (++nodes > maxNodes) return invalidInput(path, `must have at most ${maxNodes} terms`, "more")
    if (depth > maxDepth) return invalidInput(path, `must nest at most ${maxDepth} levels`, "more")
    if ("not" in node) {
      const part = compile(node.not, `${at}.not`, depth + 1)
      return part instanceof InvalidInput ? part : { kind: "not", part }
    }
    if ("field" in node) {
      const field = checkField(`${at}.field`, node.field)
      if (field instanceof InvalidInput) return field
      const test = testOf(field, node, `${at}.value`)
      return test instanceof InvalidInput ? test : { kind: "test", field, test }
    }
    const kind = "and" in node ? "and" : "or"
    const parts: Array<Plan> = []
    for (const [index, member] of ("and" in node ? node.and : node.or).entries()) {
      const part = compile(member, `${at}.${kind}[${index}]`, depth + 1)
      if (part instanceof InvalidInput) return part
      parts.push(part)
    }
    return { kind, parts }
  }
  return compile(filter, path, 0)
}

/** Columns that the plan reads. */
export const columnsOf = (plan: Plan, into: Set<string> = new Set()): Set<string> => {
  if (plan.kind === "not") return columnsOf(plan.part, into)
  if (plan.kind !== "test") {
    for (const part of plan.parts) columnsOf(part, into)
    return into
  }
  for (const column of plan.field.columns) into.add(column)
  return into
}
