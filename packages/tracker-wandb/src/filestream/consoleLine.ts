/** One line of the client's console file as a log record: structured JSON, or the older `[ERROR ]<time> [label] text`. */
import type { LogLevel, LogRecord } from "@wanllmdb/core"
import { isFields } from "../graphql/Variables.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"

const legacyForm = /^(ERROR )?(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?) ?/

const levels: Readonly<Record<string, LogLevel>> = {
  debug: "debug",
  info: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  critical: "error",
  fatal: "error"
}

/** Times without a zone are UTC. Microseconds stay as a fraction. */
export const readTime = (text: string): number | null => {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`
  const milliseconds = Date.parse(zoned)
  if (Number.isNaN(milliseconds)) return null
  const fraction = /\.\d{3}(\d+)/.exec(text)?.[1]
  return fraction === undefined ? milliseconds : milliseconds + Number(`0.${fraction}`)
}

const optional = (timeMs: number | null, level: LogLevel | undefined) => ({
  ...(timeMs !== null && { timeMs }),
  ...(level !== undefined && { level })
})

const structured = (line: string): Readonly<Record<string, unknown>> | null => {
  if (!line.startsWith("{")) return null
  try {
    const value = parseExtendedJson(line)
    return isFields(value) && typeof value.content === "string" ? value : null
  } catch {
    return null
  }
}

/** A label is more telling than a client's id, but several clients of one run, or one after the other, may share it. */
const processOf = (label: unknown, client: string): string => {
  if (typeof label !== "string" || label === "") return client
  const named = label.slice(0, 200)
  return client === "" ? named : `${named}@${client.slice(0, 8)}`
}

/**
 * `client`: which of several writers. Both streams share one numbering,
 * so all lines stand in one stream here, and what went to stderr has the level `error`.
 */
export const consoleRecord = (text: string, line: number, client: string): LogRecord => {
  const fields = structured(text)
  if (fields !== null) {
    const { content, label, level, stream, ts } = fields
    const isError = stream === "stderr" || level === "error"
    return {
      line,
      ...optional(
        typeof ts === "string" ? readTime(ts) : null,
        typeof level === "string" ? levels[level.toLowerCase()] : isError ? "error" : undefined
      ),
      stream: "stdout",
      process: processOf(label, client),
      text: String(content)
    }
  }
  const match = legacyForm.exec(text)
  return {
    line,
    ...optional(match === null ? null : readTime(match[2]!), match?.[1] === undefined ? undefined : "error"),
    stream: "stdout",
    process: client,
    text: match === null ? text : text.slice(match[0].length)
  }
}
