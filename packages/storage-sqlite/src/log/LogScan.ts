/** Walks a log by index, a slice of a few milliseconds at a time, and merges what the head says over the chunks. */
import type { LogEntry } from "./LogEntry.ts"
import type { LogQuery } from "./LogQuery.ts"
import type { ChunkInfo, LogSnapshot } from "./LogSnapshot.ts"

/** Other queries get their turn this often. */
const sliceMs = 8

export class LogScan {
  readonly #snapshot: LogSnapshot
  readonly #query: LogQuery
  /** Matching entries of the head from the start on, by index. */
  #head: ReadonlyArray<LogEntry> | null = null
  #headAt = 0
  #chunks: ReadonlyArray<ChunkInfo> = []
  #chunkAt = 0
  /** Lines below this index are done. */
  at: number
  done = false

  constructor(snapshot: LogSnapshot, query: LogQuery, start: number) {
    this.#snapshot = snapshot
    this.#query = query
    this.at = start
  }

  /** The next matching entries in order; at least `limit` of them unless time or the log ran out. */
  slice(limit: number): ReadonlyArray<LogEntry> {
    const end = performance.now() + sliceMs
    const found: Array<LogEntry> = []
    // Here and not in the constructor, because it runs the search's expression.
    this.#head ??= this.#query.filter(
      [...this.#snapshot.head.values()].filter((entry) => entry.index >= this.at).sort((a, b) => a.index - b.index)
    )
    do {
      const chunk = this.#nextChunk()
      if (chunk === undefined) {
        this.#takeHead(Number.POSITIVE_INFINITY, found)
        this.done = true
        break
      }
      const from = Math.max(0, this.at - chunk.first)
      const matches = this.#query.mayMatch(chunk) ? this.#query.search(this.#snapshot, chunk, from, limit) : []
      for (const match of matches) {
        this.#takeHead(match.index, found)
        found.push(match)
      }
      // A chunk that gave all that was asked for may hold more: what is taken from it is the page, and the page is full.
      if (matches.length >= limit) break
      this.at = chunk.first + chunk.lines
      this.#takeHead(this.at, found)
    } while (found.length < limit && performance.now() < end)
    return found
  }

  #nextChunk(): ChunkInfo | undefined {
    if (this.#chunkAt === this.#chunks.length) {
      this.#chunks = this.#snapshot.chunksFrom(this.at)
      this.#chunkAt = 0
    }
    return this.#chunks[this.#chunkAt++]
  }

  /** Adds the head's entries below `index`. */
  #takeHead(index: number, found: Array<LogEntry>): void {
    const head = this.#head ?? []
    while (this.#headAt < head.length && head[this.#headAt]!.index < index) {
      found.push(head[this.#headAt++]!)
    }
  }
}
