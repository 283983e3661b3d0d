/**
 * Rows that come page by page from `runs.search`. Pages are keysets, so they load in order; a jump far down loads larger
 * pages until the asked rows are there.
 */
import type { RunPage, RunQuery } from "@wanllmdb/core/client"
import type { RowSource, RunRow } from "./RunRow.ts"

const firstPage = 100
const nextPage = 500

export class PagedRows implements RowSource {
  total = 0
  cursor = ""
  readonly #rows: Array<RunRow> = []
  readonly #position = new Map<string, number>()
  readonly #search: (query: RunQuery) => Promise<RunPage>
  readonly #query: RunQuery
  readonly #changed: (error: unknown) => void
  #next: string | null = null
  #wanted = 0
  #loading = false
  #stopped = false

  constructor(search: (query: RunQuery) => Promise<RunPage>, query: RunQuery, changed: (error: unknown) => void) {
    this.#search = search
    this.#query = query
    this.#changed = changed
  }

  /** Loads the first page; rejects when it cannot. */
  async start(): Promise<void> {
    const page = await this.#search({ ...this.#query, limit: firstPage })
    this.cursor = page.cursor
    this.#take(page)
  }

  stop(): void {
    this.#stopped = true
  }

  get loaded(): ReadonlyArray<RunRow> {
    return this.#rows
  }

  at(index: number): RunRow | undefined {
    return this.#rows[index]
  }

  get runs(): number {
    return this.total
  }

  indexOf(run: string): number {
    return this.#position.get(run) ?? -1
  }

  find(run: string): RunRow | undefined {
    return this.#rows[this.indexOf(run)]
  }

  ensure(_first: number, last: number): void {
    this.#wanted = Math.max(this.#wanted, last)
    if (!this.#loading) void this.#loadMore()
  }

  /** Puts a newer version of a known row in its place; false when the run is not loaded. */
  replace(row: RunRow): boolean {
    const at = this.#position.get(row.id)
    if (at === undefined) return false
    this.#rows[at] = row
    return true
  }

  prepend(rows: ReadonlyArray<RunRow>): void {
    this.#rows.unshift(...rows)
    this.total += rows.length
    this.#reindex()
  }

  remove(runs: ReadonlySet<string>): void {
    const before = this.#rows.length
    const kept = this.#rows.filter(({ id }) => !runs.has(id))
    this.#rows.length = 0
    for (const row of kept) this.#rows.push(row)
    this.total -= before - kept.length
    this.#reindex()
  }

  async #loadMore(): Promise<void> {
    this.#loading = true
    try {
      while (!this.#stopped && this.#next !== null && this.#rows.length <= this.#wanted) {
        this.#take(await this.#search({ ...this.#query, limit: nextPage, cursor: this.#next }))
        this.#changed(null)
      }
    } catch (error) {
      if (!this.#stopped) this.#changed(error)
    } finally {
      this.#loading = false
    }
  }

  #take(page: RunPage): void {
    // A run that changed its place between two pages may come twice; it keeps the first.
    for (const row of page.items) {
      if (this.#position.has(row.id)) continue
      this.#position.set(row.id, this.#rows.length)
      this.#rows.push(row)
    }
    this.#next = page.next
    this.total = page.next === null ? this.#rows.length : Math.max(page.total, this.#rows.length)
  }

  #reindex(): void {
    this.#position.clear()
    for (let at = 0; at < this.#rows.length; at++) this.#position.set(this.#rows[at]!.id, at)
  }
}
