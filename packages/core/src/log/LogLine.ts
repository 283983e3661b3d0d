/** One line of a run's console or logger. Lines are numbered per (process, stream); a later record replaces its line. */
import { Schema } from "effect"

export const LogLevel = Schema.Literals(["debug", "info", "warn", "error"])
export type LogLevel = typeof LogLevel.Type

export const LogRecord = Schema.Struct({
  /** From 0 within (process, stream). Without it: the next one. */
  line: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  /** Unix milliseconds. Without it: when the server received it. */
  timeMs: Schema.optionalKey(Schema.Finite),
  level: Schema.optionalKey(LogLevel),
  /** `stdout`, `stderr` or a logger's name. Default `stdout`. */
  stream: Schema.optionalKey(Schema.String.check(Schema.isBetweenLength(1, 256))),
  /** Which of several processes of the run. Default empty. */
  process: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(256))),
  text: Schema.String
}).annotate({ identifier: "LogRecord" })
export interface LogRecord extends Schema.Schema.Type<typeof LogRecord> {}

/** A line as stored and read. */
export const LogLine = Schema.Struct({
  /** Position in the run's log over all streams, in order of first arrival; what cursors and `from` count. */
  index: Schema.Int,
  line: Schema.Int,
  timeMs: Schema.Finite,
  level: Schema.NullOr(LogLevel),
  stream: Schema.String,
  process: Schema.String,
  text: Schema.String
}).annotate({ identifier: "LogLine" })
export interface LogLine extends Schema.Schema.Type<typeof LogLine> {}
