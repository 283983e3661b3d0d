/**
 * The text syntax of run filters: `state:running,finished config.lr<0.01 tag:baseline -tag:old (group:a OR group:b)`.
 * Terms side by side mean AND. Pure, so that a page reads a filter while it is typed as the server will read it.
 */
import type { Comparison, RunFilter } from "../RunFilter.ts"
import { fieldOf } from "./Field.ts"
import { readBareValue } from "./filterValue.ts"
import { LinearPattern, PatternFault } from "./LinearPattern.ts"

export const longestFilter = 65_536
const maxDepth = 50
const special = new Set(" \t\r\n()\"'`=!<>~:,".split(""))
const space = /\s/
const calls = new Set(["min", "max", "mean", "last"])
const operators = ["!=", "<=", ">=", "==", ":", "=", "<", ">", "~"] as const

/** The first thing that a filter text gets wrong. */
export class FilterFault {
  /** Where, counted in UTF-16 code units from 0. */
  readonly at: number
  /** Reads on after "The filter": `must have a value here`. */
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
  readonly checksPatterns: boolean
  at = 0
  depth = 0

  constructor(text: string, checksPatterns: boolean) {
    this.text = text
    this.checksPatterns = checksPatterns
  }

  whole(): RunFilter {
    this.spaces()
    if (this.at === this.text.length) return { and: [] }
    const filter = this.alternatives()
    if (this.at < this.text.length) throw new FilterFault(this.at, "has a closing parenthesis without its opening one")
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
    if (++this.depth > maxDepth) throw new FilterFault(this.at, `must nest at most ${maxDepth} levels`)
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
    if (this.text[this.at] === ")") throw new FilterFault(this.at, "must have a term between the parentheses")
    const filter = this.alternatives()
    this.spaces()
    if (this.text[this.at] !== ")") throw new FilterFault(opened, "must be closed by a parenthesis")
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
      throw new FilterFault(start, "must have a field here")
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
      if (named === "") throw new FilterFault(place, "must have a field after has:")
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
        throw new FilterFault(start, `must have one value after ${operator}`)
      }
      return { field, op: "in", value: values.map(({ value }) => value) }
    }
    const { kind, value } = values[0]!
    if (kind === "pattern") {
      if (!equality && operator !== "~") throw new FilterFault(start, `must not have a pattern after ${operator}`)
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
      if (end < 0) throw new FilterFault(opened, "must be closed by a back-tick")
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
      if (character === undefined || space.test(character))
        throw new FilterFault(opened, "must be closed by a parenthesis")
      if (character === "`") name += this.ticked()
      else {
        name += character
        this.at++
      }
    }
    if (name === "") throw new FilterFault(opened, "must name a metric between the parentheses")
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
    if (this.at === start) throw new FilterFault(start, "must have a value here")
    const bare = this.text.slice(start, this.at)
    return { kind: "plain", value: text ? bare : readBareValue(bare) }
  }

  quoted(): string | null {
    const quote = this.text[this.at]
    if (quote !== '"' && quote !== "'") return null
    const opened = this.at++
    let value = ""
    while (this.text[this.at] !== quote) {
      if (this.at >= this.text.length) throw new FilterFault(opened, "must be closed by the same quote")
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
        throw new FilterFault(opened, "must be closed by a slash; quote a value that starts with one")
      if (this.text[this.at] === "\\" && this.at + 1 < this.text.length) {
        if (this.text[this.at + 1] !== "/") source += "\\"
        this.at++
      }
      source += this.text[this.at++]
    }
    this.at++
    const flagged = this.text[this.at] === "i"
    if (flagged) this.at++
    const pattern = flagged ? `(?i)${source}` : source
    if (this.checksPatterns) checkPattern(pattern, opened)
    return pattern
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

const checkPattern = (pattern: string, at: number): void => {
  try {
    new LinearPattern(pattern)
  } catch (fault) {
    if (!(fault instanceof PatternFault)) throw fault
    throw new FilterFault(at, `pattern ${fault.rule}`)
  }
}

export interface ReadFilterOptions {
  /** Also refuses patterns that the engine would refuse when it runs the filter, at their place. Default false. */
  readonly checksPatterns?: boolean
}

/** The tree of a filter text, or the first fault in it. An empty text accepts every run. */
export const readFilter = (
  text: string,
  { checksPatterns = false }: ReadFilterOptions = {}
): RunFilter | FilterFault => {
  if (text.length > longestFilter)
    return new FilterFault(longestFilter, `must have at most ${longestFilter} characters`)
  try {
    return new Parser(text, checksPatterns).whole()
  } catch (fault) {
    if (fault instanceof FilterFault) return fault
    throw fault
  }
}
