/** Limits of the JSON documents that clients send: large ones behave, absurd ones are refused by name. */
import { Effect, type Schema } from "effect"
import { type InvalidInput, invalidInput } from "../../store/InvalidInput.ts"
import { checkWellFormed } from "../../store/wellFormed.ts"
import { isLargeJson, writeInTurns } from "../json/writeInTurns.ts"
import { isJsonObject, type JsonValue } from "./flatten.ts"

export const maxDocumentBytes = 32 * 1024 * 1024
const maxDepth = 100
const maxKeyLength = 1024

interface Fault {
  /** Below the value that was looked at. */
  path: string
  readonly rule: string
  readonly got: string
}

/** Paths are put together on the way back from a fault: sound documents, which are most, build none. */
const faultOf = (value: JsonValue, depth: number): Fault | null => {
  if (typeof value !== "object" || value === null) return null
  if (depth > maxDepth) return { path: "", rule: `must nest at most ${maxDepth} levels`, got: "a deeper one" }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = faultOf(value[index], depth + 1)
      if (fault !== null) return below(`[${index}]`, fault)
    }
    return null
  }
  if (!isJsonObject(value)) return null
  for (const key in value) {
    if (key.length > maxKeyLength) {
      return { path: "", rule: `keys must have at most ${maxKeyLength} characters`, got: `${key.length} characters` }
    }
    const fault = faultOf(value[key] as JsonValue, depth + 1)
    if (fault !== null) return below(`.${key}`, fault)
  }
  return null
}

const below = (part: string, fault: Fault): Fault => {
  fault.path = `${part}${fault.path}`
  return fault
}

const firstFault = (path: string, document: Schema.JsonObject): InvalidInput | null => {
  const fault = faultOf(document, 0)
  return fault === null ? null : invalidInput(`${path}${fault.path}`.slice(0, 200), fault.rule, fault.got)
}

const textFault = (path: string, document: Schema.JsonObject, text: string): InvalidInput | null => {
  if (text.length > maxDocumentBytes) {
    return invalidInput(path, `must be at most ${maxDocumentBytes} characters of JSON`, `${text.length} characters`)
  }
  // Half a surrogate pair is the only thing that JSON writes as such an escape.
  return /\\ud[89a-f]/.test(text) ? checkWellFormed(path, document) : null
}

/** A large document is looked at while it is written out, in steps; stores write the same text. */
const checkLarge = async (path: string, document: Schema.JsonObject): Promise<InvalidInput | null> => {
  let sound = true
  const text = await writeInTurns(document, (key, depth) => {
    if (depth > maxDepth || key.length > maxKeyLength) sound = false
  })
  return (sound ? null : firstFault(path, document)) ?? textFault(path, document, text)
}

/** Fails with the first rule that the document breaks. `path` names it, such as `config`. */
export const checkDocument = (path: string, document: Schema.JsonObject): Effect.Effect<void, InvalidInput> =>
  Effect.suspend(() => {
    const checked = isLargeJson(document)
      ? Effect.promise(() => checkLarge(path, document))
      : Effect.succeed(firstFault(path, document) ?? textFault(path, document, JSON.stringify(document)))
    return Effect.flatMap(checked, (fault) => (fault === null ? Effect.void : Effect.fail(fault)))
  })
