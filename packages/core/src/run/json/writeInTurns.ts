/** `JSON.stringify` of large values in steps. What was written or read once is remembered with its text while it lives. */
import type { Schema } from "effect"
import { Turns } from "./Turns.ts"

/** Values with fewer members than this are written at once. */
const largeCount = 4_000
const nodesPerCheck = 256
const partLength = 64 * 1024

const texts = new WeakMap<object, string>()

/** Says how a value is written that nobody will change. */
export const rememberText = (value: object, text: string): void => {
  texts.set(value, text)
}

export const knownText = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null ? texts.get(value) : undefined

/** How many members it has, at all depths; counting ends at `most`. */
const countTo = (value: unknown, most: number): number => {
  if (typeof value !== "object" || value === null) return 0
  if (Array.isArray(value)) {
    let count = value.length
    for (let i = 0; i < value.length && count < most; i++) count += countTo(value[i], most - count)
    return count
  }
  const object = value as Schema.JsonObject
  let count = 0
  for (const key in object) {
    if (++count >= most) break
    count += countTo(object[key]!, most - count)
  }
  return count
}

export const isLargeJson = (value: unknown): boolean => countTo(value, largeCount) >= largeCount

interface Open {
  readonly value: Schema.JsonObject | ReadonlyArray<Schema.Json>
  readonly keys: ReadonlyArray<string> | null
  at: number
  written: boolean
}

const openOf = (value: Schema.JsonObject | ReadonlyArray<Schema.Json>): Open => ({
  value,
  keys: Array.isArray(value) ? null : Object.keys(value),
  at: 0,
  written: false
})

/** Looks at what is written: each key, and how many containers are open around it. */
export type Look = (key: string, depth: number) => void

const write = async (root: Schema.JsonObject | ReadonlyArray<Schema.Json>, look?: Look): Promise<string> => {
  const turns = new Turns()
  const parts: Array<string> = []
  let part = Array.isArray(root) ? "[" : "{"
  const stack = [openOf(root)]
  for (let nodes = 0; stack.length > 0; nodes++) {
    if (nodes % nodesPerCheck === 0) {
      if (part.length >= partLength) {
        parts.push(part)
        part = ""
      }
      const turn = turns.next()
      if (turn !== undefined) await turn
    }
    const open = stack.at(-1)!
    const { keys, value } = open
    if (open.at >= (keys ?? (value as ReadonlyArray<Schema.Json>)).length) {
      part += keys === null ? "]" : "}"
      stack.pop()
      continue
    }
    const key = keys?.[open.at]
    const inner = key === undefined ? (value as ReadonlyArray<Schema.Json>)[open.at] : (value as Schema.JsonObject)[key]
    open.at++
    if (inner === undefined && key !== undefined) continue
    part += `${open.written ? "," : ""}${key === undefined ? "" : `${JSON.stringify(key)}:`}`
    open.written = true
    look?.(key ?? "", stack.length)
    if (typeof inner === "object" && inner !== null) {
      part += Array.isArray(inner) ? "[" : "{"
      stack.push(openOf(inner as Schema.JsonObject))
    } else part += JSON.stringify(inner ?? null)
  }
  parts.push(part)
  return parts.join("")
}

/** What `JSON.stringify` gives for a JSON value. The text of a large value is remembered: it must not be changed any more. */
export const writeInTurns = async (value: unknown, look?: Look): Promise<string> => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const known = texts.get(value)
  if (known !== undefined) return known
  if (!isLargeJson(value)) return JSON.stringify(value)
  const text = await write(value as Schema.JsonObject, look)
  texts.set(value, text)
  return text
}
