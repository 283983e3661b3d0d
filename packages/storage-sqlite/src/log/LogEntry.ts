/** A log line as the store handles it: its stream is a number, its level a bit. */
import type { LogLevel } from "@wanllmdb/core"

export interface LogEntry {
  /** Position in the run's log. */
  readonly index: number
  /** Number within its stream. */
  readonly line: number
  /** Grows with every record of the run; a tail cursor. */
  readonly revision: number
  readonly timeMs: number
  /** Index into `levels`. */
  readonly level: number
  readonly stream: number
  readonly text: string
}

/** Without a level first, so that an absent one is stored as 0. */
export const levels: ReadonlyArray<LogLevel | null> = [null, "debug", "info", "warn", "error"]

const last = 30

/** The bit of a stream in a chunk's set; all beyond the thirtieth share one. */
export const streamBit = (stream: number): number => 2 ** Math.min(stream, last)
