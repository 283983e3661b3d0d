/** Field names as callers send them. */
import { type InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import { type Field, fieldOf } from "./Field.ts"

/** The field, or what is wrong with the name; `path` says where it stands. */
export const checkField = (path: string, name: string): Field | InvalidInput => {
  if (name === "" || name === "config." || name === "summary.") {
    return invalidInput(path, "must name a field", JSON.stringify(name))
  }
  if (name.length > 1100) return invalidInput(path, "must have at most 1100 characters", `${name.length} characters`)
  return fieldOf(name)
}
