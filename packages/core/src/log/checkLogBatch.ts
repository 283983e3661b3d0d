/** The limits of one append of log lines, so that no single call can fill memory. */
import { Effect } from "effect"
import type { WriterSequence } from "../metric/MetricStore.ts"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"
import type { LogRecord } from "./LogLine.ts"

export const maxLogRecords = 10_000
/** In UTF-16 units over all texts of a call. */
export const maxLogBatchText = 16 * 1024 * 1024

const writerPattern = /^[A-Za-z0-9_-]{1,64}$/

const fault = (
  records: ReadonlyArray<LogRecord>,
  writer: WriterSequence | undefined
): readonly [path: string, rule: string, got: string] | null => {
  if (writer !== undefined && !writerPattern.test(writer.writer)) {
    return ["writer", "must be 1 to 64 of [A-Za-z0-9_-]", writer.writer.slice(0, 80)]
  }
  if (writer !== undefined && !(Number.isSafeInteger(writer.sequence) && writer.sequence >= 1)) {
    return ["sequence", "must be a whole number from 1", String(writer.sequence)]
  }
  if (records.length > maxLogRecords) return ["lines", `at most ${maxLogRecords} records a call`, `${records.length}`]
  let text = 0
  for (const [at, record] of records.entries()) {
    text += record.text.length
    if (record.line !== undefined && !Number.isSafeInteger(record.line)) {
      return [`lines[${at}].line`, "must be a whole number up to 2^53", String(record.line)]
    }
    if (record.timeMs !== undefined && !(Math.abs(record.timeMs) <= 8.64e15)) {
      return [`lines[${at}].timeMs`, "must be Unix milliseconds that a date can hold", String(record.timeMs)]
    }
  }
  return text > maxLogBatchText ? ["lines", `at most ${maxLogBatchText} characters a call`, `${text}`] : null
}

/** Succeeds, or names the first rule that the batch breaks. */
export const checkLogBatch = (
  records: ReadonlyArray<LogRecord>,
  writer: WriterSequence | undefined
): Effect.Effect<void, InvalidInput> => {
  const found = fault(records, writer)
  return found === null ? Effect.void : Effect.fail(invalidInput(...found))
}
