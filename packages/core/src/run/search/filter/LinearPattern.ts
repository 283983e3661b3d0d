/**
 * Regular expressions that run in time linear in the text, whatever the pattern: all states advance together, nothing is
 * tried again. A client's pattern can then never hold up a server. Backreferences and lookaround have no place here.
 */
type Test = (code: number) => boolean
type Node =
  | { readonly kind: "one"; readonly test: Test }
  | { readonly kind: "start" | "end" | "edge" | "inside" }
  | { readonly kind: "all" | "any"; readonly parts: ReadonlyArray<Node> }
  | { readonly kind: "repeat"; readonly part: Node; readonly min: number; readonly max: number }

type State =
  | { readonly kind: "one"; readonly test: Test; next: number }
  | { readonly kind: "start" | "end" | "edge" | "inside"; next: number }
  | { readonly kind: "split"; next: number; other: number }
  | { readonly kind: "match" }

const maxStates = 2_000
/** Steps of building: a repeat of nothing makes no state, but costs its turns all the same. */
const maxSteps = 20_000
const maxSource = 1_000
const maxGroups = 50

export class PatternFault {
  readonly rule: string
  constructor(rule: string) {
    this.rule = rule
  }
}

const between =
  (from: number, to: number): Test =>
  (code) =>
    code >= from && code <= to
const digit = between(48, 57)
const word: Test = (code) => digit(code) || between(65, 90)(code) || between(97, 122)(code) || code === 95
const blank: Test = (code) => (code >= 9 && code <= 13) || code === 32 || code === 160 || code === 0xfeff
const not =
  (test: Test): Test =>
  (code) =>
    !test(code)
const classes: Readonly<Record<string, Test>> = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: blank,
  S: not(blank)
}
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, "0": 0 }

const folded = (code: number): ReadonlyArray<number> => {
  const text = String.fromCharCode(code)
  return [code, text.toLowerCase().charCodeAt(0), text.toUpperCase().charCodeAt(0)]
}

class Reader {
  readonly source: string
  readonly insensitive: boolean
  at = 0
  groups = 0

  constructor(source: string, insensitive: boolean) {
    this.source = source
    this.insensitive = insensitive
  }

  alternatives(): Node {
    const parts = [this.sequence()]
    while (this.take("|")) parts.push(this.sequence())
    return parts.length === 1 ? parts[0]! : { kind: "any", parts }
  }

  sequence(): Node {
    const parts: Array<Node> = []
    while (this.at < this.source.length && this.source[this.at] !== "|" && this.source[this.at] !== ")") {
      parts.push(this.quantified())
    }
    return { kind: "all", parts }
  }

  quantified(): Node {
    const part = this.atom()
    const bounds = this.bounds()
    if (bounds === null) return part
    // Whether a quantifier is lazy changes what matches, never whether something does.
    this.take("?")
    if (this.bounds() !== null) throw new PatternFault("must not repeat a repetition")
    return { kind: "repeat", part, ...bounds }
  }

  bounds(): { readonly min: number; readonly max: number } | null {
    if (this.take("*")) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.take("+")) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.take("?")) return { min: 0, max: 1 }
    const braces = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.source.slice(this.at, this.at + 12))
    if (braces === null) return null
    this.at += braces[0].length
    const min = Number(braces[1])
    const max = braces[2] === undefined ? min : braces[3] === "" ? Number.POSITIVE_INFINITY : Number(braces[3])
    if (max < min) throw new PatternFault("must have its repetition bounds in order")
    return { min, max }
  }

  atom(): Node {
    const character = this.source[this.at++]!
    switch (character) {
      case "(":
        return this.group()
      case "[":
        return { kind: "one", test: this.set() }
      case ".":
        return { kind: "one", test: (code) => code !== 10 && code !== 13 && code !== 0x2028 && code !== 0x2029 }
      case "^":
        return { kind: "start" }
      case "$":
        return { kind: "end" }
      case "\\":
        return this.escape()
      case "*":
      case "+":
      case "?":
        throw new PatternFault(`must have something before ${character}`)
      default:
        return { kind: "one", test: this.literal(character.charCodeAt(0)) }
    }
  }

  group(): Node {
    if (++this.groups > maxGroups) throw new PatternFault(`must have at most ${maxGroups} groups`)
    if (this.take("?") && !this.take(":")) throw new PatternFault("must not use lookaround or named groups")
    const inner = this.alternatives()
    if (!this.take(")")) throw new PatternFault("must close every group")
    return inner
  }

  escape(): Node {
    const character = this.source[this.at]
    if (character === "b" || character === "B") {
      this.at++
      return { kind: character === "b" ? "edge" : "inside" }
    }
    return { kind: "one", test: this.escaped() }
  }

  /** The test of an escape, in or outside of a set. */
  escaped(): Test {
    const escaped = this.escapedCode()
    return typeof escaped === "number" ? this.literal(escaped) : escaped
  }

  escapedCode(): number | Test {
    const character = this.source[this.at++]
    if (character === undefined) throw new PatternFault("must not end in a backslash")
    const set = classes[character]
    if (set !== undefined) return set
    if (/[1-9]/.test(character)) throw new PatternFault("must not use backreferences")
    const hex = character === "x" ? 2 : character === "u" ? 4 : 0
    if (hex > 0) {
      const digits = this.source.slice(this.at, this.at + hex)
      if (digits.length < hex || !/^[0-9a-fA-F]+$/.test(digits)) throw new PatternFault(`must have ${hex} hex digits`)
      this.at += hex
      return Number.parseInt(digits, 16)
    }
    if (/[a-zA-Z]/.test(character) && controls[character] === undefined) {
      throw new PatternFault(`must not use the escape \\${character}`)
    }
    return controls[character] ?? character.charCodeAt(0)
  }

  set(): Test {
    const negated = this.take("^")
    const tests: Array<Test> = []
    while (!this.take("]")) {
      const from = this.setMember()
      if (typeof from !== "number") {
        tests.push(from)
        continue
      }
      if (this.source[this.at] === "-" && this.source[this.at + 1] !== "]" && this.at + 1 < this.source.length) {
        this.at++
        const to = this.setMember()
        if (typeof to !== "number" || to < from) throw new PatternFault("must have the ends of a range in order")
        const range = between(from, to)
        tests.push(this.insensitive ? (code) => folded(code).some(range) : range)
      } else tests.push(this.literal(from))
    }
    const any: Test = (code) => tests.some((test) => test(code))
    return negated ? not(any) : any
  }

  setMember(): number | Test {
    const character = this.source[this.at]
    if (character === undefined) throw new PatternFault("must close every [ with ]")
    this.at++
    return character === "\\" ? this.escapedCode() : character.charCodeAt(0)
  }

  literal(wanted: number): Test {
    if (!this.insensitive) return (code) => code === wanted
    const forms = new Set(folded(wanted))
    return (code) => forms.has(code)
  }

  take(character: string): boolean {
    if (this.source[this.at] !== character) return false
    this.at++
    return true
  }
}

/** Builds the states back to front, so that each knows its successor. */
class Builder {
  readonly states: Array<State> = [{ kind: "match" }]
  #steps = 0

  add(state: State): number {
    if (this.states.length >= maxStates) throw new PatternFault("must not repeat so much")
    return this.states.push(state) - 1
  }

  build(node: Node, next: number): number {
    if (++this.#steps > maxSteps) throw new PatternFault("must not repeat so much")
    switch (node.kind) {
      case "all":
        return node.parts.reduceRight((after, part) => this.build(part, after), next)
      case "any":
        return node.parts
          .map((part) => this.build(part, next))
          .reduceRight((other, first) => this.add({ kind: "split", next: first, other }))
      case "repeat":
        return this.repeat(node.part, node.min, node.max, next)
      default:
        return this.add({ ...node, next })
    }
  }

  repeat(part: Node, min: number, max: number, next: number): number {
    let entry = next
    if (max === Number.POSITIVE_INFINITY) {
      const loop = { kind: "split" as const, next: -1, other: next }
      entry = this.add(loop)
      loop.next = this.build(part, entry)
    } else {
      for (let extra = min; extra < max; extra++) {
        entry = this.add({ kind: "split", next: this.build(part, entry), other: next })
      }
    }
    for (let times = 0; times < min; times++) entry = this.build(part, entry)
    return entry
  }
}

export class LinearPattern {
  readonly #states: ReadonlyArray<State>
  readonly #first: number
  readonly #seen: Int32Array
  #round = 0

  /** Throws a `PatternFault` for a pattern outside the subset. A leading `(?i)` ignores case. */
  constructor(pattern: string) {
    if (pattern.length > maxSource) throw new PatternFault(`must have at most ${maxSource} characters`)
    const insensitive = pattern.startsWith("(?i)")
    const reader = new Reader(insensitive ? pattern.slice(4) : pattern, insensitive)
    const node = reader.alternatives()
    if (reader.at < reader.source.length) throw new PatternFault("must open every group that it closes")
    const builder = new Builder()
    this.#first = builder.build(node, 0)
    this.#states = builder.states
    this.#seen = new Int32Array(builder.states.length)
  }

  /** Whether the pattern occurs anywhere in the text. */
  test(text: string): boolean {
    const ready: Array<number> = []
    const successors: Array<number> = []
    for (let at = 0; ; at++) {
      this.#round++
      ready.length = 0
      for (const state of successors) if (this.#enter(state, text, at, ready)) return true
      if (this.#enter(this.#first, text, at, ready)) return true
      if (at === text.length) return false
      const code = text.charCodeAt(at)
      successors.length = 0
      for (const index of ready) {
        const state = this.#states[index]!
        if (state.kind === "one" && state.test(code)) successors.push(state.next)
      }
    }
  }

  /** Follows everything that needs no character; true when the end of the pattern is reached. */
  #enter(start: number, text: string, at: number, into: Array<number>): boolean {
    const stack = [start]
    while (stack.length > 0) {
      const index = stack.pop()!
      if (this.#seen[index] === this.#round) continue
      this.#seen[index] = this.#round
      const state = this.#states[index]!
      if (state.kind === "match") return true
      if (state.kind === "one") into.push(index)
      else if (state.kind === "split") stack.push(state.other, state.next)
      else if (holds(state.kind, text, at)) stack.push(state.next)
    }
    return false
  }
}

const holds = (kind: "start" | "end" | "edge" | "inside", text: string, at: number): boolean => {
  if (kind === "start") return at === 0
  if (kind === "end") return at === text.length
  const before = at > 0 && word(text.charCodeAt(at - 1))
  const after = at < text.length && word(text.charCodeAt(at))
  return (before !== after) === (kind === "edge")
}
