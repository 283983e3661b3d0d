/**
 * `JSON.parse` of texts of megabytes, in steps: one pass finds where members end, the native parser reads some thousand
 * characters of members at a time. Whatever is odd about a text is left to the native parser, so both read and refuse the same.
 */
import type { Schema } from "effect"
import { Turns } from "./Turns.ts"

/** Texts below are parsed at once. */
export const largeText = 256 * 1024
/** What nests deeper is refused later, and need not be held in pieces. */
const mostOpen = 1_000
const usualPiece = 32 * 1024

/** A container that is open. It gets a value once it is too long for one piece. */
interface Open {
  readonly start: number
  readonly isArray: boolean
  /** Members from here on are not in `value` yet. */
  from: number
  /** Where the present member begins. */
  member: number
  value: Record<string, Schema.Json> | Array<Schema.Json> | null
  /** Where the present member ended, if it is in `value` already: nothing but space may follow it. */
  ended: number
}

class Odd extends Error {}

const put = (target: Record<string, Schema.Json>, key: string, value: Schema.Json) => {
  // An assignment would set the prototype.
  if (key !== "__proto__") target[key] = value
  else Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
}

const isBlank = (text: string, from: number, to: number): boolean => text.slice(from, to).trim() === ""

const valueOf = (open: Open) => {
  open.value ??= open.isArray ? [] : {}
  return open.value
}

/** Takes the members between two places into the container's value. */
const take = (text: string, open: Open, to: number): void => {
  const value = valueOf(open)
  const members = text.slice(open.from, to)
  if (members.trim() === "") throw new Odd()
  if (Array.isArray(value)) for (const item of JSON.parse(`[${members}]`)) value.push(item)
  else {
    const part: Record<string, Schema.Json> = JSON.parse(`{${members}}`)
    for (const key of Object.keys(part)) put(value, key, part[key]!)
  }
}

/** Takes a long member, and the shorter ones before it, into the value of the container around it. */
const takeLong = (text: string, open: Open, inner: Open, end: number): void => {
  if (open.from < open.member) take(text, open, open.member - 1)
  const value = valueOf(open)
  const name = text.slice(open.member, inner.start)
  if (Array.isArray(value)) {
    if (name.trim() !== "") throw new Odd()
    value.push(inner.value!)
  } else put(value, Object.keys(JSON.parse(`{${name}null}`))[0]!, inner.value!)
  open.ended = end
}

const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    if (at < 0) throw new Odd()
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes++
    if (slashes % 2 === 0) return at
  }
}

/** Ends the present member of a container at a comma or its bracket. */
const endMember = (text: string, open: Open, at: number): void => {
  if (open.ended === 0) take(text, open, at)
  else if (!isBlank(text, open.ended, at)) throw new Odd()
}

/** In pieces of about `pieceLength` characters. Anything odd is an error, which need not be the native parser's. */
export const parsePieces = async (text: string, pieceLength: number): Promise<Schema.Json> => {
  const turns = new Turns()
  const stack: Array<Open> = []
  let checked = 0
  for (let at = 0; at < text.length; at++) {
    if (at - checked > usualPiece) {
      checked = at
      const turn = turns.next()
      if (turn !== undefined) await turn
    }
    const code = text.charCodeAt(at)
    if (code === 34) at = endOfString(text, at)
    else if (code === 123 || code === 91) {
      if (stack.length === 0 ? !isBlank(text, 0, at) : stack.length >= mostOpen) throw new Odd()
      stack.push({ start: at, isArray: code === 91, from: at + 1, member: at + 1, value: null, ended: 0 })
    } else if (code === 44) {
      const open = stack.at(-1)
      if (open === undefined) throw new Odd()
      if (open.ended > 0 || at - open.from >= pieceLength) {
        endMember(text, open, at)
        open.ended = 0
        open.from = at + 1
      }
      open.member = at + 1
    } else if (code === 125 || code === 93) {
      const inner = stack.pop()
      if (inner === undefined || inner.isArray !== (code === 93)) throw new Odd()
      const outer = stack.at(-1)
      if (inner.value === null && (outer === undefined || at - inner.start < pieceLength)) {
        if (outer === undefined) return JSON.parse(text)
        continue
      }
      endMember(text, inner, at)
      if (outer !== undefined) takeLong(text, outer, inner, at + 1)
      else if (isBlank(text, at + 1, text.length)) return inner.value!
      else throw new Odd()
    }
  }
  throw new Odd()
}

/** What `JSON.parse` gives, or its error as a rejection. */
export const parseInTurns = async (text: string): Promise<Schema.Json> => {
  if (text.length < largeText) return JSON.parse(text)
  try {
    return await parsePieces(text, usualPiece)
  } catch {
    return JSON.parse(text)
  }
}
