/** Collects lines until a page is full: of lines, or of text, so that an answer of long lines stays bounded. */
import type { LogLine } from "@wanllmdb/core"
import type { LogEntry } from "./LogEntry.ts"

/** In UTF-16 units. */
const maxText = 8 * 1024 * 1024
export const maxLimit = 10_000
export const defaultLimit = 1_000

export class LogPageBuilder {
  readonly lines: Array<LogLine> = []
  readonly limit: number
  #text = 0
  readonly #lineOf: (entry: LogEntry) => LogLine

  constructor(limit: number | undefined, lineOf: (entry: LogEntry) => LogLine) {
    this.limit = Math.min(Math.max(1, limit ?? defaultLimit), maxLimit)
    this.#lineOf = lineOf
  }

  /** How many more lines could fit. */
  get room(): number {
    return this.limit - this.lines.length
  }

  /** False when the page is full; the entry is then not in it. */
  add(entry: LogEntry): boolean {
    if (this.room === 0 || this.#text >= maxText) return false
    this.lines.push(this.#lineOf(entry))
    this.#text += entry.text.length
    return true
  }
}
