/** The meaning of a log search, one line at a time. Stores may be faster; they may not answer differently. */
import type { LogLine } from "./LogLine.ts"
import type { LogSearch } from "./LogStore.ts"

/** Whether line, level and time of a line match, apart from its text. */
export const attributeMatcher = (search: LogSearch): ((line: Omit<LogLine, "text">) => boolean) => {
  const {
    levels,
    streams,
    process,
    fromTimeMs = Number.NEGATIVE_INFINITY,
    toTimeMs = Number.POSITIVE_INFINITY
  } = search
  return (line) =>
    (levels === undefined || (line.level !== null && levels.includes(line.level))) &&
    (streams === undefined || streams.includes(line.stream)) &&
    (process === undefined || process === line.process) &&
    line.timeMs >= fromTimeMs &&
    line.timeMs <= toTimeMs
}

/** Whether a line's text matches `text` and `regex`; both must where both are given. */
export const textMatcher = (search: LogSearch): ((text: string) => boolean) => {
  const needle = search.text?.toLowerCase() ?? ""
  const pattern = search.regex === undefined ? null : new RegExp(search.regex, "m")
  return (text) => (needle === "" || text.toLowerCase().includes(needle)) && (pattern === null || pattern.test(text))
}

/** Throws `SyntaxError` for a regular expression that is none; `Logs` checks that before. */
export const lineMatcher = (search: LogSearch): ((line: LogLine) => boolean) => {
  const attributes = attributeMatcher(search)
  const text = textMatcher(search)
  return (line) => attributes(line) && text(line.text)
}
