/** Limits of the JSON documents that clients send: large ones behave, absurd ones are refused by name. */
import type { Schema } from "effect"
import { type InvalidInput, invalidInput } from "../../store/InvalidInput.ts"
import { checkWellFormed } from "../../store/wellFormed.ts"
import { isJsonObject, type JsonValue } from "./flatten.ts"

export const maxDocumentBytes = 32 * 1024 * 1024
const maxDepth = 100
const maxKeyLength = 1024

const faultOf = (path: string, value: JsonValue, depth: number): InvalidInput | null => {
  if (typeof value !== "object" || value === null) return null
  if (depth > maxDepth) return invalidInput(path.slice(0, 200), `must nest at most ${maxDepth} levels`, "a deeper one")
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = faultOf(`${path}[${index}]`, value[index], depth + 1)
      if (fault !== null) return fault
    }
    return null
  }
  if (!isJsonObject(value)) return null
  for (const key of Object.keys(value)) {
    if (key.length > maxKeyLength) {
      return invalidInput(path, `keys must have at most ${maxKeyLength} characters`, `${key.length} characters`)
    }
    const fault = faultOf(`${path}.${key}`, value[key] as JsonValue, depth + 1)
    if (fault !== null) return fault
  }
  return null
}

/** The first rule that the document breaks, or null. `path` names it, such as `config`. */
export const checkDocument = (path: string, document: Schema.JsonObject): InvalidInput | null => {
  const fault = faultOf(path, document, 0)
  if (fault !== null) return fault
  const text = JSON.stringify(document)
  if (text.length > maxDocumentBytes) {
    return invalidInput(path, `must be at most ${maxDocumentBytes} characters of JSON`, `${text.length} characters`)
  }
  // Half a surrogate pair is the only thing that JSON writes as such an escape.
  return /\\ud[89a-f]/.test(text) ? checkWellFormed(path, document) : null
}
