/**
 * One row of the screen. Most rows are plain ASCII and stay a string; a row becomes cells only once it holds colour,
 * wide or combining characters.
 */

const ascii = /^[\x20-\x7e\t]*$/
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u
const joins = /^(?:\p{M}|[\u200b-\u200d]|[\ufe00-\ufe0f]|[\u{1f3fb}-\u{1f3ff}])$/u

interface Cell {
  /** A character with its combining marks; empty behind a character of two columns. */
  text: string
  /** SGR parameters, empty for plain. */
  readonly style: string
}

/** Changing the middle of a longer string costs its length each time; cells cost what is changed. */
const maxEditedText = 256

const blank: Cell = { text: " ", style: "" }

export class TerminalRow {
  #text = ""
  #cells: Array<Cell> | null = null
  /** Whether anything was ever written over or erased; only then are blanks at the end a terminal's, not the program's. */
  #edited = false

  get width(): number {
    return this.#cells?.length ?? this.#text.length
  }

  /** Writes `text`, which holds no control characters but tabs, from `column` on and gives the column after it. */
  put(column: number, text: string, style: string): number {
    if (column !== this.width) this.#edited = true
    const cheap = column >= this.width || this.width <= maxEditedText
    if (this.#cells === null && cheap && style === "" && ascii.test(text)) {
      const before = this.#text.length < column ? this.#text.padEnd(column) : this.#text.slice(0, column)
      this.#text = before + text + this.#text.slice(column + text.length)
      return column + text.length
    }
    const cells = this.#split()
    while (cells.length < column) cells.push(blank)
    let at = column
    for (const character of text) {
      const previous = cells[at - 1]
      if (joins.test(character) && at > 0 && previous !== undefined) {
        // Limited, so that a flood of combining marks costs no more than its own length.
        const base = previous.text === "" && at > 1 ? cells[at - 2]! : previous
        if (base !== blank && base.text.length < 64) base.text += character
        continue
      }
      cells[at++] = { text: character, style }
      if (wide.test(character)) cells[at++] = { text: "", style }
    }
    return at
  }

  /** Erases columns from `start` to before `end`. */
  erase(start: number, end: number): void {
    this.#edited = true
    if (this.#cells === null) {
      const kept = this.#text.slice(0, start)
      this.#text = end < this.#text.length ? kept + " ".repeat(end - start) + this.#text.slice(end) : kept
      return
    }
    if (end >= this.#cells.length) this.#cells.length = Math.min(start, this.#cells.length)
    else this.#cells.fill(blank, start, end)
  }

  /** What the row shows, with colour codes where it has some. */
  toString(): string {
    if (this.#cells === null) return this.#edited ? this.#text.trimEnd() : this.#text
    let end = this.#cells.length
    while (this.#edited && end > 0 && this.#cells[end - 1]!.text === " " && this.#cells[end - 1]!.style === "") end--
    let shown = ""
    let style = ""
    for (let at = 0; at < end; at++) {
      const cell = this.#cells[at]!
      if (cell.style !== style) {
        shown += (style === "" ? "" : "\x1b[0m") + (cell.style === "" ? "" : `\x1b[${cell.style}m`)
        style = cell.style
      }
      shown += cell.text
    }
    return style === "" ? shown : `${shown}\x1b[0m`
  }

  #split(): Array<Cell> {
    this.#cells ??= Array.from(this.#text, (text) => ({ text, style: "" }))
    return this.#cells
  }
}
