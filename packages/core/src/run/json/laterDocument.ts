/**
 * Documents that are parsed at the first look at them. A property is defined by its text; who only passes it on takes the text,
 * so that a run with a config of ten megabytes is shown without one being read.
 */
import type { Schema } from "effect"
import { parseInTurns } from "./parseInTurns.ts"
import { knownText, rememberText, writeInTurns } from "./writeInTurns.ts"

const waiting = new WeakMap<object, Map<string, string>>()

const settle = (owner: object, name: string, value: unknown) =>
  Object.defineProperty(owner, name, { value, configurable: true, enumerable: true, writable: true })

const settleParsed = (owner: object, name: string, text: string, value: Schema.Json) => {
  if (typeof value === "object" && value !== null) rememberText(value, text)
  waiting.get(owner)?.delete(name)
  settle(owner, name, value)
  return value
}

/** The property `name` of `owner` is what the text says. */
export const defineLater = (owner: object, name: string, text: string): void => {
  const texts = waiting.get(owner) ?? new Map<string, string>()
  waiting.set(owner, texts.set(name, text))
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => settleParsed(owner, name, text, JSON.parse(text))
  })
}

/** Gives `to` the property of `from`, without a look at it. */
export const passDocument = <T extends object>(from: T, name: keyof T & string, to: object): void => {
  const text = waiting.get(from)?.get(name)
  if (text === undefined) settle(to, name, from[name])
  else defineLater(to, name, text)
}

/** The property, read in steps when nobody looked at it yet. */
export const readDocument = async <T extends object, K extends keyof T & string>(owner: T, name: K): Promise<T[K]> => {
  const text = waiting.get(owner)?.get(name)
  if (text !== undefined) settleParsed(owner, name, text, await parseInTurns(text))
  return owner[name]
}

/** The property's text, if it is at hand. */
export const textAtHand = <T extends object>(owner: T, name: keyof T & string): string | undefined =>
  waiting.get(owner)?.get(name) ?? knownText(owner[name])

/** The property as JSON, written in steps where it is not at hand. */
export const documentText = async <T extends object>(owner: T, name: keyof T & string): Promise<string> =>
  textAtHand(owner, name) ?? writeInTurns(owner[name])
