/** Guesses the level of a console line from the words loggers print, so that plain output can be filtered by level too. */

const levelWord = /(?:^|[\s[|(<:-])(DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL)(?=[\s\]|)>:,-]|$)/
const exceptionLine = /^(?:Traceback \(most recent call last\)|(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception)(?::|$))/

const levels = {
  DEBUG: "debug",
  INFO: "info",
  WARN: "warn",
  WARNING: "warn",
  ERROR: "error",
  CRITICAL: "error",
  FATAL: "error"
} as const

/**
 * The level that an upper-case level word within the first 96 characters names, `error` for the lines of an exception,
 * undefined where nothing says. Lower-case words are prose, not levels.
 */
export const detectLevel = (text: string): "debug" | "info" | "warn" | "error" | undefined => {
  const start = text.slice(0, 96)
  const word = levelWord.exec(start)?.[1]
  if (word !== undefined && word in levels) return levels[word as keyof typeof levels]
  return exceptionLine.test(start) ? "error" : undefined
}
