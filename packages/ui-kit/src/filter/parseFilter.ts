/**
 * Reads the text syntax of run filters into the same tree that the server makes of it, so that a mistake is shown at its
 * place while it is typed, without asking the server. A bare word means "the name contains it".
 */
import type { RunFilter } from "@wanllmdb/core"

export type ParsedFilter =
  | { readonly ok: true; readonly filter: RunFilter | null; readonly text: string }
  | { readonly ok: false; readonly position: number; readonly message: string }

class FilterMistake extends Error {
  readonly position: number
  constructor(position: number, message: string) {
    super(message)
    this.position = position
  }
}

type FilterValue = string | number | { readonly pattern: string }

const operators = ["!=", "<=", ">=", "=", "<", ">", ":", "~"] as const
const fieldPattern = /[^\s:=<>!~()"`,]+(?:\([^\s()]*\))?/y
const wordPattern = /[^\s,()"]+/y

/** `text` in the answer is what to send: bare words are written out as `name~word`. */
export const parseFilter = (text: string): ParsedFilter => {
  try {
    const reader = new FilterReader(text)
    const filter = reader.readAll()
    return { ok: true, filter, text: reader.expanded() }
  } catch (mistake) {
    if (mistake instanceof FilterMistake) return { ok: false, position: mistake.position, message: mistake.message }
    throw mistake
  }
}

class FilterReader {
  #at = 0
  readonly #text: string
  readonly #bareWords: Array<number> = []

  constructor(text: string) {
    this.#text = text
  }

  readAll(): RunFilter | null {
    this.#space()
    if (this.#at >= this.#text.length) return null
    const filter = this.#either()
    if (this.#at < this.#text.length) throw new FilterMistake(this.#at, 'A ")" has no matching "("')
    return filter
  }

  expanded(): string {
    let text = this.#text
    for (const at of [...this.#bareWords].reverse()) text = `${text.slice(0, at)}name~${text.slice(at)}`
    return text.trim()
  }

  #either(): RunFilter {
    const branches = [this.#all()]
    while (this.#word("OR")) branches.push(this.#all())
    return branches.length === 1 ? branches[0]! : { or: branches }
  }

  #all(): RunFilter {
    const terms: Array<RunFilter> = []
    for (;;) {
      this.#space()
      if (this.#word("AND")) continue
      if (
        this.#at >= this.#text.length ||
        this.#text[this.#at] === ")" ||
        /^OR(\s|\(|$)/.test(this.#text.slice(this.#at))
      )
        break
      terms.push(this.#term())
    }
    if (terms.length === 0) throw new FilterMistake(this.#at, "A condition is missing here")
    return terms.length === 1 ? terms[0]! : { and: terms }
  }

  #term(): RunFilter {
    const at = this.#at
    if (this.#text[at] === "-" && !/[\s\d]/.test(this.#text[at + 1] ?? " ")) {
      this.#at++
      return { not: this.#term() }
    }
    if (this.#word("NOT")) {
      this.#space()
      return { not: this.#term() }
    }
    if (this.#text[at] === "(") {
      this.#at++
      const inner = this.#either()
      if (this.#text[this.#at] !== ")") throw new FilterMistake(at, 'This "(" is never closed')
      this.#at++
      return inner
    }
    return this.#test()
  }

  #test(): RunFilter {
    const start = this.#at
    const field = this.#field()
    const afterField = this.#at
    this.#space()
    const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#at))
    if (operator === undefined) {
      this.#at = afterField
      this.#bareWords.push(start)
      return { field: "name", op: "contains", value: field }
    }
    this.#at += operator.length
    this.#space()
    if (operator === ":" && field === "has") return { field: this.#field(), op: "exists" }
    const values = this.#values(operator)
    const single = values[0]!
    if (typeof single === "object") return { field, op: "matches", value: single.pattern }
    if (operator === "~") return { field, op: "contains", value: single }
    if (operator === ":" && values.length > 1) {
      return { field, op: "in", value: values.map((value) => (typeof value === "object" ? value.pattern : value)) }
    }
    if (operator === ":") return { field, op: "=", value: single }
    return { field, op: operator, value: single }
  }

  #field(): string {
    const start = this.#at
    if (this.#text[start] === "`") {
      const end = this.#text.indexOf("`", start + 1)
      if (end < 0) throw new FilterMistake(start, "This back-tick is never closed")
      this.#at = end + 1
      return this.#text.slice(start + 1, end)
    }
    fieldPattern.lastIndex = start
    const match = fieldPattern.exec(this.#text)
    if (match === null) throw new FilterMistake(start, "A field name is missing here")
    this.#at = start + match[0].length
    return match[0]
  }

  #values(operator: string): Array<FilterValue> {
    const values = [this.#value(operator)]
    while (this.#text[this.#at] === ",") {
      this.#at++
      values.push(this.#value(operator))
    }
    return values
  }

  #value(operator: string): FilterValue {
    const start = this.#at
    const mark = this.#text[start]
    if (mark === '"') {
      const match = /"((?:[^"\\]|\\.)*)"/y
      match.lastIndex = start
      const found = match.exec(this.#text)
      if (found === null) throw new FilterMistake(start, "This quote is never closed")
      this.#at = start + found[0].length
      return found[1]!.replace(/\\(.)/g, "$1")
    }
    if (mark === "/" && (operator === ":" || operator === "~")) {
      const end = this.#text.indexOf("/", start + 1)
      if (end < 0) throw new FilterMistake(start, 'This pattern needs a "/" at its end')
      this.#at = end + 1
      const pattern = this.#text.slice(start + 1, end)
      try {
        new RegExp(pattern)
      } catch {
        throw new FilterMistake(start, "This is not a regular expression")
      }
      return { pattern }
    }
    wordPattern.lastIndex = start
    const word = wordPattern.exec(this.#text)
    if (word === null) throw new FilterMistake(start, `A value must follow "${operator}"`)
    this.#at = start + word[0].length
    return word[0].trim() !== "" && Number.isFinite(Number(word[0])) ? Number(word[0]) : word[0]
  }

  #word(word: string): boolean {
    this.#space()
    if (!this.#text.startsWith(word, this.#at)) return false
    const next = this.#text[this.#at + word.length]
    if (next !== undefined && !/[\s()]/.test(next)) return false
    this.#at += word.length
    return true
  }

  #space(): void {
    while (this.#at < this.#text.length && /\s/.test(this.#text[this.#at]!)) this.#at++
  }
}
