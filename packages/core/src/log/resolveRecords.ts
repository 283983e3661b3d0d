/** What a client sent as records becomes lines as they are kept: terminal codes resolved, levels guessed, length limited. */
import type { LogRecord } from "./LogLine.ts"
import { detectLevel } from "./terminal/detectLevel.ts"
import { resolveTerminal } from "./terminal/resolveTerminal.ts"

/** In UTF-8 bytes. What is beyond it is cut, and the line says so. */
export const maxLineBytes = 1024 * 1024

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The first `maxLineBytes` of a longer line and a marker that tells its whole size. */
export const cutLine = (text: string): string => {
  if (text.length * 3 <= maxLineBytes) return text
  const bytes = encoder.encode(text)
  if (bytes.length <= maxLineBytes) return text
  let end = maxLineBytes
  while ((bytes[end]! & 0xc0) === 0x80) end--
  return `${decoder.decode(bytes.subarray(0, end))} … [cut: ${bytes.length} bytes]`
}

/** Half a surrogate pair cannot be stored as UTF-8; it becomes U+FFFD, as it would on any wire. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd")

const asLine = (record: LogRecord, text: string): LogRecord => {
  const level = record.level ?? detectLevel(text)
  return {
    ...record,
    text: cutLine(wellFormed(text)),
    ...(level === undefined ? {} : { level }),
    ...(record.stream === undefined ? {} : { stream: wellFormed(record.stream) }),
    ...(record.process === undefined ? {} : { process: wellFormed(record.process) })
  }
}

/**
 * A record with a line number stays one line, inner line breaks included, because the number after it may be another
 * record's; one without a number becomes a line for each line of its text.
 */
export const resolveRecords = (records: ReadonlyArray<LogRecord>): ReadonlyArray<LogRecord> =>
  records.flatMap((record) => {
    const lines = resolveTerminal(record.text)
    return record.line === undefined ? lines.map((text) => asLine(record, text)) : [asLine(record, lines.join("\n"))]
  })
