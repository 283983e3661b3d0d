/**
 * Resolves what a program writes to its console into numbered lines: a progress bar that redraws itself a thousand times
 * is one line that changed, not a thousand lines. Understands carriage return, backspace, erasing, cursor moves and colour.
 */
import { applySgr, plainStyle, type Style, styleCode } from "./sgr.ts"
import { TerminalRow } from "./TerminalRow.ts"

export interface TerminalLine {
  /** From 0, counted from the first line this terminal got. */
  readonly line: number
  /** With SGR colour codes, without other control characters. */
  readonly text: string
}

/** How many lines up a cursor move may reach; older lines are final. */
const windowRows = 256
/**
 * Columns that a cursor move alone may open. A wider row is final: what would change it starts a new one, as it would on a
 * screen where the row has wrapped, and so that no output makes every character cost the length of its line.
 */
const maxColumn = 4096
const maxPending = 4096

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal obeys
const control = /[\x00-\x08\x0a-\x1f\x7f]/g
/** A whole escape sequence: CSI, then strings (OSC, DCS, …), then the short ones. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal obeys
const escape = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-OQ-WYZ`-~\\])/y
/** The beginning of a sequence that the next write may complete. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal obeys
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)$/y

export class Terminal {
  #rows: Array<TerminalRow> = [new TerminalRow()]
  /** Line number of the first row of the window. */
  #base = 0
  #row = 0
  #column = 0
  #style: Style = plainStyle
  #code = ""
  #pending = ""
  readonly #dirty = new Set<number>()

  /** Takes the next piece of output, cut anywhere, and gives the lines that changed, in order of line. */
  write(piece: string): ReadonlyArray<TerminalLine> {
    const text = this.#pending + piece
    this.#pending = ""
    const settled: Array<TerminalLine> = []
    let at = 0
    while (at < text.length) {
      control.lastIndex = at
      const found = control.exec(text)
      const end = found?.index ?? text.length
      if (end > at) {
        if (this.#column < this.#rows[this.#row]!.width) this.#leaveWideRow(settled)
        this.#column = this.#rows[this.#row]!.put(this.#column, text.slice(at, end), this.#code)
        this.#dirty.add(this.#base + this.#row)
      }
      if (found === null) break
      at = this.#obey(text, end, settled)
    }
    const changed = [...this.#dirty].sort((a, b) => a - b)
    this.#dirty.clear()
    return [...settled, ...changed.map((line) => ({ line, text: this.#rows[line - this.#base]!.toString() }))]
  }

  /** Carries out the control character at `at` and gives the position after it. */
  #obey(text: string, at: number, settled: Array<TerminalLine>): number {
    const character = text[at]
    if (character === "\n") this.#lineFeed(settled)
    else if (character === "\r") this.#column = 0
    else if (character === "\b") this.#column = Math.max(0, this.#column - 1)
    else if (character === "\x1b") {
      escape.lastIndex = at
      const sequence = escape.exec(text)
      if (sequence !== null) {
        if (sequence[2] !== undefined) this.#csi(sequence[1] ?? "", sequence[2], settled)
        return escape.lastIndex
      }
      unfinished.lastIndex = at
      if (unfinished.test(text) && text.length - at <= maxPending) {
        this.#pending = text.slice(at)
        return text.length
      }
    }
    return at + 1
  }

  #lineFeed(settled: Array<TerminalLine>): void {
    this.#dirty.add(this.#base + this.#row)
    this.#row++
    this.#column = 0
    if (this.#row < this.#rows.length) return
    this.#rows.push(new TerminalRow())
    if (this.#rows.length <= windowRows) return
    const oldest = this.#rows.shift()!
    if (this.#dirty.delete(this.#base)) settled.push({ line: this.#base, text: oldest.toString() })
    this.#base++
    this.#row--
  }

  #leaveWideRow(settled: Array<TerminalLine>): void {
    if (this.#rows[this.#row]!.width <= maxColumn) return
    this.#row = this.#rows.length - 1
    this.#lineFeed(settled)
  }

  #csi(parameters: string, command: string, settled: Array<TerminalLine>): void {
    if (command === "m") {
      this.#style = applySgr(this.#style, parameters)
      this.#code = styleCode(this.#style)
      return
    }
    const first = Number.parseInt(parameters, 10)
    const count = Math.min(Number.isNaN(first) || first === 0 ? 1 : first, maxColumn)
    if (command === "J" || command === "K") this.#leaveWideRow(settled)
    const row = this.#rows[this.#row]!
    if (command === "A" || command === "F") this.#row = Math.max(0, this.#row - count)
    else if (command === "B" || command === "E") this.#row = Math.min(this.#rows.length - 1, this.#row + count)
    else if (command === "C") this.#column = Math.max(this.#column, Math.min(maxColumn, this.#column + count))
    else if (command === "D") this.#column = Math.max(0, this.#column - count)
    else if (command === "G") this.#column = Math.min(maxColumn, count - 1)
    else if (command === "K") {
      const which = Number.isNaN(first) ? 0 : first
      row.erase(which === 0 ? this.#column : 0, which === 1 ? this.#column + 1 : Number.POSITIVE_INFINITY)
      this.#dirty.add(this.#base + this.#row)
    } else if (command === "J" && !(first > 0)) this.#eraseBelow()
    if (command === "E" || command === "F") this.#column = 0
  }

  #eraseBelow(): void {
    this.#rows[this.#row]!.erase(this.#column, Number.POSITIVE_INFINITY)
    this.#dirty.add(this.#base + this.#row)
    for (let below = this.#row + 1; below < this.#rows.length; below++) {
      if (this.#rows[below]!.width === 0) continue
      this.#rows[below]!.erase(0, Number.POSITIVE_INFINITY)
      this.#dirty.add(this.#base + below)
    }
  }
}
