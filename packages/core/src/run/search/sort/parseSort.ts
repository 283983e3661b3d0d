/** Sorts as text: field names in order of weight, `-` before those that fall, such as `-val/acc,created`. */
import { InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import { checkField } from "../filter/checkField.ts"
import type { Field } from "../filter/Field.ts"

const maxKeys = 8

export interface SortKey {
  readonly field: Field
  readonly descending: boolean
}

/** Names between commas; back-ticks keep commas inside a name, and a doubled one stands for itself. */
const names = (text: string): ReadonlyArray<{ readonly name: string; readonly descending: boolean }> | null => {
  const found: Array<{ name: string; descending: boolean }> = []
  let at = 0
  while (true) {
    let name = ""
    while (text[at] === " ") at++
    const descending = text[at] === "-"
    if (descending || text[at] === "+") at++
    while (at < text.length && text[at] !== ",") {
      if (text[at] !== "`") {
        name += text[at++]
        continue
      }
      const end = text.indexOf("`", at + 1)
      if (end < 0) return null
      name += text.slice(at + 1, end)
      at = end + 1
      if (text[at] === "`") name += "`"
    }
    found.push({ name: name.trim(), descending })
    if (at >= text.length) return found
    at++
  }
}

/** Keys of the sort; the empty text means newest first. */
export const parseSort = (text: string): ReadonlyArray<SortKey> | InvalidInput => {
  const found = names(text.trim() === "" ? "-created" : text)
  if (found === null) return invalidInput("sort", "must close every back-tick", JSON.stringify(text.slice(0, 60)))
  if (found.length > maxKeys) return invalidInput("sort", `must have at most ${maxKeys} fields`, String(found.length))
  const keys: Array<SortKey> = []
  for (const [index, { name, descending }] of found.entries()) {
    const field = checkField(`sort[${index}]`, name)
    if (field instanceof InvalidInput) return field
    keys.push({ field, descending })
  }
  return keys
}
