/** Cuts the spans of a line where matches of a search begin and end. */
import type { AnsiSpan } from "./ansi.ts"

export interface MarkedSpan extends AnsiSpan {
  readonly marked: boolean
}

/** Null when there is nothing to look for or the pattern is not one. */
export const searchPattern = (search: string, regex: boolean): RegExp | null => {
  if (search === "") return null
  try {
    return regex ? new RegExp(search, "g") : new RegExp(search.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi")
  } catch {
    return null
  }
}

export const highlight = (spans: ReadonlyArray<AnsiSpan>, pattern: RegExp | null): ReadonlyArray<MarkedSpan> => {
  if (pattern === null) return spans.map((span) => ({ ...span, marked: false }))
  const text = spans.map((span) => span.text).join("")
  const edges: Array<number> = []
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== "") edges.push(match.index, match.index + match[0].length)
  }
  const marked: Array<MarkedSpan> = []
  let at = 0
  let edge = 0
  for (const { text: part, style } of spans) {
    const end = at + part.length
    while (at < end) {
      const to = Math.min(end, edges[edge] ?? end)
      if (to > at) marked.push({ text: text.slice(at, to), style, marked: edge % 2 === 1 })
      at = to
      if (at === edges[edge]) edge++
    }
  }
  return marked
}
