/** Runs a plan over columns: one byte per run, 1 where it matches. A run without the field fails every comparison. */
import { runsPerBlock } from "../FieldIndex.ts"
import type { CellTest, Operand, Plan } from "../filter/compileFilter.ts"
import type { Field } from "../filter/Field.ts"
import { type Block, type Column, emptyBlock, flag, missing, numeric } from "./Column.ts"
import type { FieldColumns } from "./fieldColumns.ts"

/** 1 for each text of the dictionary that passes. */
const verdicts = (column: Column, test: (text: string) => boolean): Uint8Array => {
  const { texts } = column.dictionary
  const passes = new Uint8Array(texts.length)
  for (let code = 0; code < passes.length; code++) passes[code] = test(texts[code]!) ? 1 : 0
  return passes
}

const compare = <A extends number | string | boolean>(op: string, a: A, b: A): boolean => {
  switch (op) {
    case "<":
      return a < b
    case "<=":
      return a <= b
    case ">":
      return a > b
    case ">=":
      return a >= b
    case "=":
      return a === b || (Number.isNaN(a) && Number.isNaN(b))
    default:
      return !(a === b || (Number.isNaN(a) && Number.isNaN(b)))
  }
}

/** A test on the texts of a column; texts of tags are lists, of which one member must pass, or none for `!=`. */
const textTest = (field: Field, test: CellTest): ((text: string) => boolean) => {
  const plain = plainTextTest(test)
  if (field.kind !== "tags") return plain
  if (test.op === "exists") return () => true
  if (test.op === "!=") return (text) => tagsOf(text).every(plain)
  return (text) => tagsOf(text).some(plain)
}

export const tagsOf = (text: string): ReadonlyArray<string> => {
  const tags: unknown = JSON.parse(text)
  return Array.isArray(tags) ? tags.map(String) : []
}

const plainTextTest = (test: CellTest): ((text: string) => boolean) => {
  switch (test.op) {
    case "exists":
      return () => true
    case "in":
      return (text) => test.texts.has(text)
    case "text":
      return test.test
    default: {
      const { op, value } = test
      return typeof value === "string" ? (text) => compare(op, text, value) : () => op === "!="
    }
  }
}

const numberTest = (test: CellTest): ((value: number) => boolean) => {
  switch (test.op) {
    case "exists":
      return () => true
    case "in":
      return (value) => test.numbers.has(value)
    case "text":
      return () => false
    default: {
      const { op, value } = test
      return typeof value === "number" ? (cell) => compare(op, cell, value) : () => op === "!="
    }
  }
}

const flagTest = (test: CellTest): ((value: boolean) => boolean) => {
  switch (test.op) {
    case "exists":
      return () => true
    case "in":
      return (value) => test.flags.has(value)
    case "text":
      return () => false
    default: {
      const { op, value } = test
      return typeof value === "boolean" ? (cell) => compare(op, cell, value) : () => op === "!="
    }
  }
}

/** The common case, numbers against a number: no call and no branch per run. */
const compareNumbers = (block: Block, op: string, value: number, out: Uint8Array, from: number): boolean => {
  const { kinds, values } = block
  const length = Math.min(runsPerBlock, out.length - from)
  switch (op) {
    case "<":
      for (let i = 0; i < length; i++) out[from + i] = Number(values[i]! < value) & Number(kinds[i] === numeric)
      return true
    case "<=":
      for (let i = 0; i < length; i++) out[from + i] = Number(values[i]! <= value) & Number(kinds[i] === numeric)
      return true
    case ">":
      for (let i = 0; i < length; i++) out[from + i] = Number(values[i]! > value) & Number(kinds[i] === numeric)
      return true
    case ">=":
      for (let i = 0; i < length; i++) out[from + i] = Number(values[i]! >= value) & Number(kinds[i] === numeric)
      return true
    default:
      return false
  }
}

const numberOperand = (test: CellTest): number | null => {
  const operand: Operand | null = "value" in test ? test.value : null
  return typeof operand === "number" ? operand : null
}

const evaluateTest = (field: Field, test: CellTest, columns: FieldColumns, out: Uint8Array): void => {
  const column = columns(field)
  const onNumber = numberTest(test)
  const onFlag = flagTest(test)
  const passes = verdicts(column, textTest(field, test))
  const operand = numberOperand(test)
  for (let index = 0; index * runsPerBlock < out.length; index++) {
    const block = column.blocks[index]
    if (block === undefined) continue
    const from = index * runsPerBlock
    if (operand !== null && compareNumbers(block, test.op, operand, out, from)) continue
    const { kinds, values } = block
    const length = Math.min(runsPerBlock, out.length - from)
    for (let i = 0; i < length; i++) {
      const kind = kinds[i]
      if (kind === missing) continue
      const value = values[i]!
      const passed = kind === numeric ? onNumber(value) : kind === flag ? onFlag(value === 1) : passes[value] === 1
      out[from + i] = passed ? 1 : 0
    }
  }
}

/** Matches among the first `count` ordinals. Places that hold no run match a `not` too; the caller takes them out. */
export const evaluate = (plan: Plan, columns: FieldColumns, count: number): Uint8Array => {
  const out = new Uint8Array(count)
  switch (plan.kind) {
    case "test":
      evaluateTest(plan.field, plan.test, columns, out)
      return out
    case "not": {
      const part = evaluate(plan.part, columns, count)
      for (let i = 0; i < count; i++) part[i] = part[i] === 1 ? 0 : 1
      return part
    }
    case "and": {
      out.fill(1)
      for (const member of plan.parts) {
        const part = evaluate(member, columns, count)
        for (let i = 0; i < count; i++) out[i]! &= part[i]!
      }
      return out
    }
    case "or": {
      for (const member of plan.parts) {
        const part = evaluate(member, columns, count)
        for (let i = 0; i < count; i++) out[i]! |= part[i]!
      }
      return out
    }
  }
}

/** Keeps the runs that exist and are deleted, or are not. */
export const keepPresent = (matches: Uint8Array, deletedFlags: Column, deleted: boolean): void => {
  const wanted = deleted ? 1 : 0
  for (let index = 0; index * runsPerBlock < matches.length; index++) {
    const from = index * runsPerBlock
    const { kinds, values } = deletedFlags.blocks[index] ?? emptyBlock()
    const length = Math.min(runsPerBlock, matches.length - from)
    for (let i = 0; i < length; i++) if (kinds[i] === missing || values[i] !== wanted) matches[from + i] = 0
  }
}
