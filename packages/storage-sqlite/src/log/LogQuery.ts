/**
 * A search made ready for chunks: what lets a chunk be passed over unread, what finds candidates in its joined text, and
 * the exact test of one line. Candidates may be too many, never too few.
 */
import type { LogSearch } from "@wanllmdb/core"
import { textMatcher } from "@wanllmdb/core/log"
import { boundedRun, TimeLimitReached } from "./boundedRun.ts"
import { EndlessPatterns } from "./EndlessPatterns.ts"
import { type LogEntry, levels, streamBit } from "./LogEntry.ts"
import type { ChunkInfo, LogSnapshot } from "./LogSnapshot.ts"
import { entryAt } from "./logBlock.ts"
import { requiredText } from "./requiredText.ts"
import { mayHoldText } from "./trigrams.ts"

/** For a slice of a search, which takes about 8 ms with an expression that is sound. */
const regexMs = 500

const endless = new EndlessPatterns()

const none = Number.POSITIVE_INFINITY
const positionOf = (index: number): number => (index === -1 ? none : index)

/**
 * Whether an expression finds in the joined lines all that it finds in single ones. What looks around, refers back or may
 * match a line break could see the neighbours; such an expression is run line by line.
 */
const seesOneLine = (source: string): boolean => !/\(\?(?!:)|\[\^|\\[^bBdw.*+?^$()[\]{}|/-]|\p{Cc}/u.test(source)

export class LogQuery {
  readonly #search: LogSearch
  readonly #needle: string
  readonly #joined: RegExp | null
  /** Every match holds this, with regard to case. */
  readonly #required: string
  /** What a chunk's summary is asked for, in lower case and long enough. */
  readonly #hints: ReadonlyArray<string>
  readonly #matchesText: (text: string) => boolean
  readonly #levels: number
  readonly #streams: number
  readonly #sources: ReadonlySet<number> | null

  constructor(search: LogSearch, { sources }: LogSnapshot) {
    this.#search = search
    this.#needle = search.text?.toLowerCase() ?? ""
    this.#joined = search.regex !== undefined && seesOneLine(search.regex) ? new RegExp(search.regex, "gm") : null
    this.#required = requiredText(search.regex ?? "")
    this.#hints = [this.#needle, this.#required.toLowerCase()].filter((hint) => hint.length >= 3)
    this.#matchesText = textMatcher(search)
    this.#levels = search.levels?.reduce((bits, level) => bits | (1 << levels.indexOf(level)), 0) ?? ~0
    const chosen = sources.filter(
      ({ process, stream }) =>
        (search.streams === undefined || search.streams.includes(stream)) &&
        (search.process === undefined || search.process === process)
    )
    this.#sources = chosen.length === sources.length ? null : new Set(chosen.map(({ id }) => id))
    this.#streams = chosen.reduce((bits, { id }) => bits | streamBit(id), 0)
  }

  /** Whether a chunk can hold a match, by what stands beside it. */
  mayMatch(chunk: ChunkInfo): boolean {
    const { fromTimeMs = -Infinity, toTimeMs = Infinity } = this.#search
    return (
      (chunk.levels & this.#levels) !== 0 &&
      (chunk.streams & this.#streams) !== 0 &&
      chunk.timeMax >= fromTimeMs &&
      chunk.timeMin <= toTimeMs
    )
  }

  /** Those of the entries that match. */
  filter(entries: ReadonlyArray<LogEntry>): ReadonlyArray<LogEntry> {
    return entries.filter(
      (entry) => this.#attributes(entry.level, entry.stream, entry.timeMs) && this.#matchesText(entry.text)
    )
  }

  /** Matching lines of a chunk from position `from` on, in order, at most `limit`, without those that the head holds. */
  search(snapshot: LogSnapshot, chunk: ChunkInfo, from: number, limit: number): ReadonlyArray<LogEntry> {
    if (this.#hints.length > 0) {
      const trigrams = snapshot.trigrams(chunk)
      if (!this.#hints.every((hint) => mayHoldText(trigrams, hint))) return []
    }
    const text = snapshot.text(chunk)
    if (this.#required !== "" && !text.includes(this.#required)) return []
    const find = this.#finder(text, chunk.ascii)
    return find?.(0) === none ? [] : this.#lines(snapshot, chunk, text, find, from, limit)
  }

  /** Runs part of the search. Throws `TimeLimitReached` where a regular expression does not come to an end. */
  bounded<A>(body: () => A): A {
    const { regex } = this.#search
    if (regex === undefined) return body()
    if (endless.has(regex)) throw new TimeLimitReached()
    try {
      return boundedRun(body, regexMs)
    } catch (cause) {
      if (cause instanceof TimeLimitReached) endless.note(regex)
      throw cause
    }
  }

  /** Gives where in the joined text the next candidate begins; null when every line is one. */
  #finder(text: string, ascii: boolean): ((start: number) => number) | null {
    if (this.#needle !== "") {
      const lower = text.toLowerCase()
      const first = lower.indexOf(this.#needle)
      if (first === -1) return () => none
      // Lower case may be longer than the text it was made of, but not in ASCII.
      if (ascii) return (start) => (start <= first ? first : positionOf(lower.indexOf(this.#needle, start)))
    }
    const joined = this.#joined
    if (joined === null) return null
    return (start) => {
      joined.lastIndex = start
      return joined.exec(text)?.index ?? none
    }
  }

  #lines(
    snapshot: LogSnapshot,
    chunk: ChunkInfo,
    text: string,
    find: ((start: number) => number) | null,
    from: number,
    limit: number
  ): ReadonlyArray<LogEntry> {
    const columns = snapshot.columns(chunk)
    const found: Array<LogEntry> = []
    let candidate = -1
    for (let at = 0, start = 0; at < columns.count && found.length < limit; at++) {
      const end = start + columns.length[at]!
      if (find !== null && candidate < start) candidate = find(start)
      if (
        candidate <= end &&
        at >= from &&
        !snapshot.head.has(chunk.first + at) &&
        this.#attributes(columns.level[at]!, columns.stream[at]!, columns.timeMs[at]!) &&
        this.#matchesText(text.slice(start, end))
      ) {
        found.push(entryAt(columns, chunk.first, at, text, start))
      }
      start = end + 1
    }
    return found
  }

  #attributes(level: number, stream: number, timeMs: number): boolean {
    const { fromTimeMs = -Infinity, toTimeMs = Infinity } = this.#search
    return (
      ((1 << level) & this.#levels) !== 0 &&
      (this.#sources === null || this.#sources.has(stream)) &&
      timeMs >= fromTimeMs &&
      timeMs <= toTimeMs
    )
  }
}
