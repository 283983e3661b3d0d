/**
 * Where a watcher is. One opaque text for all topics: `p12.l3.f1.r9` for a run (points, logs, files, revision), `s40` for a
 * project. A part that is missing means "from now", so the cursor of a chart's answer can be followed as it is.
 */

/** Points, log revision, file revision, run revision, change sequence of a project. */
export type CursorPart = "p" | "l" | "f" | "r" | "s"

export type LiveCursor = Partial<Record<CursorPart, number>>

const pattern = /^(?:[plfrs]\d{1,16})(?:\.[plfrs]\d{1,16})*$/

const isPart = (letter: string): letter is CursorPart => "plfrs".includes(letter)

/** Beyond it numbers are no longer told apart, and would come back as another text. */
const known = (position: number): boolean => position <= Number.MAX_SAFE_INTEGER

/** Null for a text that no server gave. Plain digits are a series' own cursor (`BucketSeries.cursor`). */
export const parseCursor = (text: string | null | undefined): LiveCursor | null => {
  if (text === undefined || text === null || text === "") return {}
  if (/^\d{1,16}$/.test(text)) return known(Number(text)) ? { p: Number(text) } : null
  if (!pattern.test(text)) return null
  const cursor: LiveCursor = {}
  for (const part of text.split(".")) {
    const letter = part.charAt(0)
    const position = Number(part.slice(1))
    if (!isPart(letter) || !known(position)) return null
    cursor[letter] = position
  }
  return cursor
}

export const cursorText = (cursor: LiveCursor): string => {
  let text = ""
  for (const letter of ["p", "l", "f", "r", "s"] as const) {
    const value = cursor[letter]
    if (value !== undefined) text += `${text === "" ? "" : "."}${letter}${value}`
  }
  return text
}
