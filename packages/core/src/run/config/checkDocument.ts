/** Limits of the JSON documents that clients send: large ones behave, absurd ones are refused by name. */
import type { Schema } from "effect"
import { type InvalidInput, invalidInput } from "../../store/InvalidInput.ts"
import { checkWellFormed } from "../../store/wellFormed.ts"
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

/** The first rule that the document breaks, or null. `path` names it, such as `config`. */
export const checkDocument = (path: string, document: Schema.JsonObject): InvalidInput | null => {
  const fault = faultOf(document, 0)
  if (fault !== null) return invalidInput(`${path}${fault.path}`.slice(0, 200), fault.rule, fault.got)
  const text = JSON.stringify(document)
  if (text.length > maxDocumentBytes) {
    return invalidInput(path, `must be at most ${maxDocumentBytes} characters of JSON`, `${text.length} characters`)
  }
  // Half a surrogate pair is the only thing that JSON writes as such an escape.
  return /\\ud[89a-f]/.test(text) ? checkWellFormed(path, document) : null
}
