/**
 * The text syntax of run filters: `state:running,finished config.lr<0.01 tag:baseline -tag:old (group:a OR group:b)`.
 * Terms side by side mean AND. Every fault names its place in the text, counted in characters from 1.
 */
import { type InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import type { Comparison, RunFilter } from "../RunFilter.ts"
import { fieldOf } from "./Field.ts"
import { readBareValue } from "./filterValue.ts"

const maxLength = 65_536
const maxDepth = 50
const special = new Set(" \t\r\n()\"'`=!<>~:,".split(""))
const space = /\s/
const calls = new Set(["min", "max", "mean", "last"])
const operators = ["!=", "<=", ">=", "==", ":", "=", "<", ">", "~"] as const

class Fault {
  readonly at: number
  readonly rule: string
  constructor(at: number, rule: string) {
    this.at = at
    this.rule = rule
  }
}

type Value =
  | { readonly kind: "plain"; readonly value: string | number | boolean }
  | { readonly kind: "pattern"; readonly value: string }

class Parser {
  readonly text: string
  at = 0
  depth = 0

  constructor(text: string) {
    this.text = text
  }

  whole(): RunFilter {
    this.spaces()
    if (this.at === this.text.length) return { and: [] }
    const filter = this.alternatives()
    if (this.at < this.text.length) throw new Fault(this.at, "has a closing parenthesis without its opening one")
    return filter
  }

  alternatives(): RunFilter {
    const either = [this.terms()]
    while (this.word("OR")) either.push(this.terms())
    return either.length === 1 ? either[0]! : { or: either }
  }

  terms(): RunFilter {
    const all = [this.term()]
    while (true) {
      this.spaces()
      if (this.at >= this.text.length || this.text[this.at] === ")" || this.peekWord("OR")) break
      this.word("AND")
      all.push(this.term())
    }
    return all.length === 1 ? all[0]! : { and: all }
  }

  term(): RunFilter {
    this.spaces()
    if (++this.depth > maxDepth) throw new Fault(this.at, `must nest at most ${maxDepth} levels`)
    const filter = this.negated() ?? this.group() ?? this.test()
    this.depth--
    return filter
  }

  negated(): RunFilter | null {
    if (this.text[this.at] === "-") this.at++
    else if (!this.word("NOT")) return null
    return { not: this.term() }
  }

  group(): RunFilter | null {
    if (this.text[this.at] !== "(") return null
    const opened = this.at++
    this.spaces()
    if (this.text[this.at] === ")") throw new Fault(this.at, "must have a term between the parentheses")
    const filter = this.alternatives()
    this.spaces()
    if (this.text[this.at] !== ")") throw new Fault(opened, "must be closed by a parenthesis")
    this.at++
    return filter
  }

  test(): RunFilter {
    const start = this.at
    const field = this.field()
    if (field === "") {
      // A quoted text on its own searches names, like a bare word.
      const quoted = this.quoted()
      if (quoted !== null) return { field: "name", op: "contains", value: quoted }
      throw new Fault(start, "must have a field here")
    }
    const after = this.at
    this.spaces()
    const operator = operators.find((candidate) => this.text.startsWith(candidate, this.at))
    if (operator === undefined) {
      this.at = after
      return { field: "name", op: "contains", value: field }
    }
    this.at += operator.length
    this.spaces()
    if (field === "has" && operator === ":") {
      const place = this.at
      const named = this.field()
      if (named === "") throw new Fault(place, "must have a field after has:")
      return { field: named, op: "exists" }
    }
    return this.comparison(field, operator)
  }

  comparison(field: string, operator: (typeof operators)[number]): RunFilter {
    const start = this.at
    // What a text shall contain is a text: `~1.50` must not become 1.5.
    const text = operator === "~" || !["any", "time", "duration"].includes(fieldOf(field).kind)
    const values = [this.value(text)]
    while (this.text[this.at] === ",") {
      this.at++
      values.push(this.value(text))
    }
    const equality = operator === ":" || operator === "=" || operator === "=="
    if (values.length > 1) {
      if (!equality || values.some(({ kind }) => kind === "pattern")) {
        throw new Fault(start, `must have one value after ${operator}`)
      }
      return { field, op: "in", value: values.map(({ value }) => value) }
    }
    const { kind, value } = values[0]!
    if (kind === "pattern") {
      if (!equality && operator !== "~") throw new Fault(start, `must not have a pattern after ${operator}`)
      return { field, op: "matches", value }
    }
    if (operator === "~") return { field, op: "contains", value: String(value) }
    const op: Comparison = equality ? "=" : operator
    return { field, op, value }
  }

  field(): string {
    let name = ""
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (character === "`") name += this.ticked()
      else if (character === "(" && calls.has(name)) name += this.argument()
      else if (special.has(character)) break
      else {
        name += character
        this.at++
      }
    }
    return name
  }

  /** A part in back-ticks; a doubled back-tick stands for one. */
  ticked(): string {
    const opened = this.at++
    let part = ""
    while (true) {
      const end = this.text.indexOf("`", this.at)
      if (end < 0) throw new Fault(opened, "must be closed by a back-tick")
      part += this.text.slice(this.at, end)
      this.at = end + 1
      if (this.text[this.at] !== "`") return part
      part += "`"
      this.at++
    }
  }

  /** The metric in `min(…)` with its parentheses. */
  argument(): string {
    const opened = this.at++
    let name = ""
    while (this.text[this.at] !== ")") {
      const character = this.text[this.at]
      if (character === undefined || space.test(character)) throw new Fault(opened, "must be closed by a parenthesis")
      if (character === "`") name += this.ticked()
      else {
        name += character
        this.at++
      }
    }
    if (name === "") throw new Fault(opened, "must name a metric between the parentheses")
    this.at++
    return `(${name})`
  }

  value(text: boolean): Value {
    const start = this.at
    const quoted = this.quoted()
    if (quoted !== null) return { kind: "plain", value: quoted }
    const pattern = this.pattern()
    if (pattern !== null) return { kind: "pattern", value: pattern }
    while (this.at < this.text.length && !/[\s,()"'`]/.test(this.text[this.at]!)) this.at++
    if (this.at === start) throw new Fault(start, "must have a value here")
    const bare = this.text.slice(start, this.at)
    return { kind: "plain", value: text ? bare : readBareValue(bare) }
  }

  quoted(): string | null {
    const quote = this.text[this.at]
    if (quote !== '"' && quote !== "'") return null
    const opened = this.at++
    let value = ""
    while (this.text[this.at] !== quote) {
      if (this.at >= this.text.length) throw new Fault(opened, "must be closed by the same quote")
      if (this.text[this.at] === "\\" && this.at + 1 < this.text.length) this.at++
      value += this.text[this.at++]
    }
    this.at++
    return value
  }

  /** `/…/` or `/…/i`, a slash inside is written `\/`. */
  pattern(): string | null {
    if (this.text[this.at] !== "/") return null
    const opened = this.at++
    let source = ""
    while (this.text[this.at] !== "/") {
      if (this.at >= this.text.length)
        throw new Fault(opened, "must be closed by a slash; quote a value that starts with one")
      if (this.text[this.at] === "\\" && this.at + 1 < this.text.length) {
        if (this.text[this.at + 1] !== "/") source += "\\"
        this.at++
      }
      source += this.text[this.at++]
    }
    this.at++
    if (this.text[this.at] !== "i") return source
    this.at++
    return `(?i)${source}`
  }

  spaces(): void {
    while (this.at < this.text.length && space.test(this.text[this.at]!)) this.at++
  }

  peekWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    const next = this.text[this.at + word.length]
    return next === undefined || space.test(next) || next === "("
  }

  /** Takes the keyword if it stands here. */
  word(word: string): boolean {
    this.spaces()
    if (!this.peekWord(word)) return false
    this.at += word.length
    return true
  }
}

/** The tree of a filter text, or the first fault in it. An empty text accepts every run. */
export const parseFilter = (text: string, path = "filter"): RunFilter | InvalidInput => {
  if (text.length > maxLength) {
    return invalidInput(path, `must have at most ${maxLength} characters`, `${text.length} characters`)
  }
  try {
    return new Parser(text).whole()
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const excerpt = text.slice(fault.at, fault.at + 20)
    return invalidInput(
      path,
      `${fault.rule} (character ${fault.at + 1})`,
      excerpt === "" ? "the end of the text" : JSON.stringify(excerpt)
    )
  }
}
