/**
 * Texts with half a surrogate pair have no UTF-8: a store would keep something else than it was given, under a name that is never
 * found again. They are refused by name instead.
 */
import { isWellFormed } from "../metric/frame/keyName.ts"
import { type InvalidInput, invalidInput } from "./InvalidInput.ts"

const rule = "must be well-formed Unicode, without half a surrogate pair"

/** The first text in a JSON value, keys included, that has no UTF-8, or null. `path` names the value, "" the root of a body. */
export const checkWellFormed = (path: string, value: unknown): InvalidInput | null => {
  if (typeof value === "string")
    return isWellFormed(value) ? null : invalidInput(path, rule, JSON.stringify(value.slice(0, 40)))
  if (typeof value !== "object" || value === null) return null
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = checkWellFormed(`${path}[${index}]`, value[index])
      if (fault !== null) return fault
    }
    return null
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!isWellFormed(key))
      return invalidInput(path === "" ? "body" : path, `keys ${rule}`, JSON.stringify(key.slice(0, 40)))
    const fault = checkWellFormed(path === "" ? key : `${path}.${key}`, inner)
    if (fault !== null) return fault
  }
  return null
}
