/** Colours of terminal output as spans of plain text. Every other control sequence is dropped; nothing becomes markup. */

export interface AnsiSpan {
  readonly text: string
  /** For `style`; empty where nothing is set. Values are made here, never taken from the text. */
  readonly style: string
}

const palette = [
  "var(--wl-text-3)",
  "var(--wl-fail)",
  "var(--wl-ok)",
  "var(--wl-crash)",
  "var(--wl-run)",
  "var(--wl-s4)",
  "var(--wl-s6)",
  "var(--wl-text)"
]

const cube = (index: number): string => {
  if (index < 16) return palette[index % 8]!
  if (index >= 232)
    return `rgb(${Array(3)
      .fill(8 + (index - 232) * 10)
      .join(" ")})`
  const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40)
  const at = index - 16
  return `rgb(${level(Math.floor(at / 36))} ${level(Math.floor(at / 6) % 6)} ${level(at % 6)})`
}

interface Pen {
  colour: string
  ground: string
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
}

const blank = (): Pen => ({ colour: "", ground: "", bold: false, dim: false, italic: false, underline: false })

const styleOf = ({ colour, ground, bold, dim, italic, underline }: Pen): string =>
  [
    colour && `color: ${colour}`,
    ground && `background: ${ground}`,
    bold && "font-weight: 600",
    dim && "opacity: 0.7",
    italic && "font-style: italic",
    underline && "text-decoration: underline"
  ]
    .filter(Boolean)
    .join("; ")

const byte = (value: number | undefined): number => Math.max(0, Math.min(255, value ?? 0))

/** Takes the numbers of one `ESC[…m`. */
const apply = (pen: Pen, codes: ReadonlyArray<number>): void => {
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!
    if (code === 0) Object.assign(pen, blank())
    else if (code === 1) pen.bold = true
    else if (code === 2) pen.dim = true
    else if (code === 3) pen.italic = true
    else if (code === 4) pen.underline = true
    else if (code === 22) Object.assign(pen, { bold: false, dim: false })
    else if (code === 23) pen.italic = false
    else if (code === 24) pen.underline = false
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) pen.colour = palette[code % 10]!
    else if (code === 39) pen.colour = ""
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) pen.ground = palette[code % 10]!
    else if (code === 49) pen.ground = ""
    else if (code === 38 || code === 48) {
      const value =
        codes[at + 1] === 5
          ? cube(byte(codes[at + 2]))
          : `rgb(${byte(codes[at + 2])} ${byte(codes[at + 3])} ${byte(codes[at + 4])})`
      at += codes[at + 1] === 5 ? 2 : 4
      if (code === 38) pen.colour = value
      else pen.ground = value
    }
  }
}

// Parameters of `ESC[`, titles of `ESC]`, and two-character escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const sequence = /\u001b\[([0-9;:?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g
/** Characters that turn the direction of what follows, or that no one can see. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Replaces characters that could make text look like what it is not by a visible mark. */
export const visibleText = (text: string): string => text.replace(unseen, "\ufffd")

export const ansiSpans = (line: string): ReadonlyArray<AnsiSpan> => {
  const spans: Array<AnsiSpan> = []
  const pen = blank()
  let from = 0
  const push = (to: number): void => {
    if (to > from) spans.push({ text: visibleText(line.slice(from, to)), style: styleOf(pen) })
  }
  for (const match of line.matchAll(sequence)) {
    push(match.index)
    from = match.index + match[0].length
    if (match[2] === "m") apply(pen, match[1] === "" ? [0] : match[1]!.split(/[;:]/).map(Number))
  }
  push(line.length)
  return spans
}

// Scripts and signs that monospaced fonts draw two columns wide.
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/gu

/** A line without its control sequences. */
export const plainText = (line: string): string => (line.includes("\u001b") ? line.replace(sequence, "") : line)

/** Columns that a line takes when it is drawn: without colours, tabs as four, wide characters as two. */
export const visibleWidth = (line: string): number => {
  const plain = plainText(line)
  let width = plain.length
  if (plain.includes("\t")) width += 3 * (plain.split("\t").length - 1)
  // A surrogate pair has two units already.
  if (/[\u1100-\uffff]/.test(plain)) for (const [character] of plain.matchAll(wide)) width += 2 - character.length
  return width
}
