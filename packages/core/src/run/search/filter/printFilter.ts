/** A filter tree as text that parses into the same tree. */
import type { Schema } from "effect"
import type { FieldTest, RunFilter } from "../RunFilter.ts"
import { fieldOf } from "./Field.ts"
import { readBareValue } from "./filterValue.ts"

const plainField = /^(?!-)(?!(?:OR|AND|NOT|has)$)[^\s()"'`=!<>~:,]+$/
const plainCall = /^(min|max|mean|last)\(([^\s()"'`=!<>~:,]+)\)$/
// An operator at its start would be read as part of the operator before it.
const plainValue = /^[^\s,()"'`/=!<>~:][^\s,()"'`]*$/

const printField = (name: string): string =>
  plainField.test(name) || plainCall.test(name) ? name : `\`${name.replaceAll("`", "``")}\``

const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`

const printValue = (value: Schema.Json | undefined, text: boolean): string => {
  if (typeof value !== "string") return text ? quote(String(value)) : String(value)
  return plainValue.test(value) && (text || typeof readBareValue(value) === "string") ? value : quote(value)
}

const printPattern = (value: string): string => {
  const insensitive = value.startsWith("(?i)")
  const source = (insensitive ? value.slice(4) : value).replace(/\\[\s\S]|\//g, (part) => (part === "/" ? "\\/" : part))
  return `/${source}/${insensitive ? "i" : ""}`
}

const printTest = ({ field, op, value }: FieldTest): string => {
  const name = printField(field)
  const text = !["any", "time", "duration"].includes(fieldOf(field).kind)
  switch (op) {
    case "exists":
      return `has:${name}`
    case "matches":
      return `${name}~${printPattern(String(value))}`
    case "contains":
      return `${name}~${printValue(String(value), true)}`
    case "in":
      return `${name}:${(Array.isArray(value) ? value : [value]).map((one) => printValue(one, text)).join(",")}`
    default:
      return `${name}${op}${printValue(value, text)}`
  }
}

const printInner = (filter: RunFilter): string => {
  if ("field" in filter) return printTest(filter)
  if ("not" in filter) return `-${printInner(filter.not)}`
  return `(${printFilter(filter)})`
}

/** Text for the tree. An `and` or `or` of nothing has no text of its own; lists of one print as their member. */
export const printFilter = (filter: RunFilter): string => {
  if ("and" in filter) return filter.and.map(printInner).join(" ")
  if ("or" in filter) return filter.or.map(printInner).join(" OR ")
  return printInner(filter)
}
