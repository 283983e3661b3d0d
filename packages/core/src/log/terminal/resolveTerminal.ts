/** The one-shot form of `Terminal`: the lines that a terminal would show after a whole text. */
import { Terminal } from "./Terminal.ts"

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal obeys
const needsTerminal = /[\x00-\x08\x0b-\x1f\x7f]/

/**
 * What a terminal shows of `text`, one entry a line, without line breaks. Colour codes stay, every other control character
 * is obeyed or dropped. A line break at the end makes no empty line after it; an empty text is one empty line.
 */
export const resolveTerminal = (text: string): ReadonlyArray<string> => {
  const unixText = text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text
  if (!needsTerminal.test(unixText)) {
    return (unixText.endsWith("\n") ? unixText.slice(0, -1) : unixText).split("\n")
  }
  const lines: Array<string> = []
  for (const { line, text: shown } of new Terminal().write(unixText)) {
    while (lines.length < line) lines.push("")
    lines[line] = shown
  }
  return lines.length === 0 ? [""] : lines
}
