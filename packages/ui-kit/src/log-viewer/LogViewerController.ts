/**
 * A run's log by position: pages load as they come into view, live lines join at the end, matches of a search are found by
 * the server and walked one by one. A million lines cost what is on screen.
 */
import type { LiveStatus, LiveSubscription, LogLineJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export type LogLevelFilter = "all" | "warn" | "error"

export interface LogViewerState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  /** Lines that can be scrolled through: all, or those of the wanted levels that are loaded so far. */
  readonly count: number
  readonly level: LogLevelFilter
  /** More lines of the wanted levels are still to come. */
  readonly more: boolean
  readonly search: string
  readonly regex: boolean
  /** Positions are line indices, ascending; null while the search runs for the first time. */
  readonly matches: ReadonlyArray<number> | null
  /** Not all of the log is searched yet. */
  readonly searching: boolean
  readonly mistake: string | null
  /** Which of `matches` is current; -1 for none. */
  readonly match: number
  readonly follow: boolean
  readonly live: LiveStatus
  /** Grows when lines on screen may have changed. */
  readonly version: number
}

export type LogViewerEvent =
  | { readonly type: "need"; readonly first: number; readonly last: number }
  | { readonly type: "follow"; readonly follow: boolean }
  | { readonly type: "level"; readonly level: LogLevelFilter }
  | { readonly type: "search"; readonly text: string; readonly regex?: boolean }
  | { readonly type: "match"; readonly direction: 1 | -1 }
  | { readonly type: "reload" }

const pageSize = 1000
const mostMatches = 10_000
const levels = { warn: ["warn", "error"], error: ["error"] } as const

export class LogViewerController extends BaseStore<LogViewerState, LogViewerEvent> {
  readonly #client: WanllmdbClient
  readonly #run: string
  readonly #pages = new Map<number, Array<LogLineJson | undefined>>()
  readonly #asked = new Set<number>()
  readonly #revisions = new Map<number, number>()
  #total = 0
  /** Lines of the wanted levels, when not all are wanted. */
  #picked: Array<LogLineJson> = []
  #next: number | null = 0
  #picking = false
  #round = 0
  #live: LiveSubscription | null = null

  constructor(client: WanllmdbClient, run: string, start: { readonly follow?: boolean } = {}) {
    super({
      status: "loading",
      error: null,
      count: 0,
      level: "all",
      more: false,
      search: "",
      regex: false,
      matches: [],
      searching: false,
      mistake: null,
      match: -1,
      follow: start.follow ?? true,
      live: "connecting",
      version: 0
    })
    this.#client = client
    this.#run = run
    void this.#start()
  }

  /** Undefined while the line is on its way. */
  line(position: number): LogLineJson | undefined {
    if (this.getSnapshot().level !== "all") return this.#picked[position]
    return this.#pages.get(Math.floor(position / pageSize))?.[position % pageSize]
  }

  /** Grows when one of the positions `1000 page` to `1000 page + 999` changes. */
  revision(page: number): number {
    return this.getSnapshot().level === "all" ? (this.#revisions.get(page) ?? 0) : -2 - this.#round
  }

  /** Everything that is loaded, in order. */
  loadedText(): string {
    const lines =
      this.getSnapshot().level === "all"
        ? [...this.#pages].sort(([a], [b]) => a - b).flatMap(([, page]) => page)
        : this.#picked
    return lines.map((line) => line?.text ?? "").join("\n")
  }

  download(): Promise<Blob> {
    return this.#client.logs.download(this.#run, { signal: this.abort.signal })
  }

  protected receive(event: LogViewerEvent): void {
    if (event.type === "need") this.#need(event.first, event.last)
    else if (event.type === "follow") {
      if (event.follow !== this.getSnapshot().follow) this.update({ follow: event.follow })
    } else if (event.type === "level") this.#setLevel(event.level)
    else if (event.type === "search") void this.#search(event.text, event.regex ?? false)
    else if (event.type === "match") this.#walk(event.direction)
    else {
      this.#pages.clear()
      this.#asked.clear()
      void this.#start()
    }
  }

  protected override released(): void {
    this.#live?.close()
  }

  async #start(): Promise<void> {
    this.update({ status: "loading", error: null })
    try {
      this.#live ??= this.#client.live(
        { run: this.#run, topics: ["logs"] },
        (message) => {
          if (message.type === "logs") this.#take(message.lines)
          else if (message.type === "reset") this.receive({ type: "reload" })
        },
        (live) => this.update({ live })
      )
      const tail = await this.#client.logs.read(
        this.#run,
        { from: -pageSize, limit: pageSize },
        { signal: this.abort.signal }
      )
      this.#total = Math.max(this.#total, tail.total)
      this.#take(tail.items)
      this.update({ status: "ready", count: this.#total })
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }

  /** A line with a known index replaces it: a progress bar that was redrawn. */
  #take(lines: ReadonlyArray<LogLineJson>): void {
    for (const line of lines) {
      const at = Math.floor(line.index / pageSize)
      let page = this.#pages.get(at)
      if (page === undefined) {
        page = []
        this.#pages.set(at, page)
      }
      page[line.index % pageSize] = line
      this.#revisions.set(at, (this.#revisions.get(at) ?? 0) + 1)
      this.#total = Math.max(this.#total, line.index + 1)
    }
    const state = this.getSnapshot()
    this.update({ version: state.version + 1, ...(state.level === "all" ? { count: this.#total } : {}) })
    if (state.level !== "all" && this.#next === null) {
      this.#next = (this.#picked.at(-1)?.index ?? -1) + 1
      void this.#pickMore()
    }
  }

  #need(first: number, last: number): void {
    const { level, count } = this.getSnapshot()
    if (level !== "all") {
      if (last >= count - 1) void this.#pickMore()
      return
    }
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) void this.#loadPage(page)
  }

  async #loadPage(page: number): Promise<void> {
    const known = this.#pages.get(page)
    const wanted = Math.min(pageSize, this.#total - page * pageSize)
    if (this.#asked.has(page) || wanted <= 0) return
    let missing = known === undefined
    for (let at = 0; at < wanted && !missing; at++) missing = known?.[at] === undefined
    if (!missing) return
    this.#asked.add(page)
    try {
      const answer = await this.#client.logs.read(
        this.#run,
        { from: page * pageSize, limit: pageSize },
        { signal: this.abort.signal }
      )
      this.#take(answer.items)
    } catch {
      // The rows stay blank; scrolling over them asks again.
    } finally {
      this.#asked.delete(page)
    }
  }

  #setLevel(level: LogLevelFilter): void {
    this.#round++
    this.#picked = []
    this.#next = 0
    this.#picking = false
    const version = this.getSnapshot().version + 1
    this.update({ level, version, count: level === "all" ? this.#total : 0, more: level !== "all" })
    if (level !== "all") void this.#pickMore()
  }

  async #pickMore(): Promise<void> {
    const { level } = this.getSnapshot()
    if (level === "all" || this.#next === null || this.#picking) return
    const round = this.#round
    this.#picking = true
    try {
      const from = this.#next
      const page = await this.#client.logs.read(
        this.#run,
        { from, limit: pageSize, level: levels[level] },
        { signal: this.abort.signal }
      )
      if (round !== this.#round) return
      this.#picked.push(...page.items)
      this.#next = page.next
      this.update({ count: this.#picked.length, more: page.next !== null, version: this.getSnapshot().version + 1 })
    } catch (error) {
      if (round === this.#round && !isAbort(error)) this.update({ status: "error", error })
    } finally {
      if (round === this.#round) this.#picking = false
    }
    // A page of a log with few such lines may be empty: go on until something can be seen.
    if (round === this.#round && this.#next !== null && this.#picked.length < 100) void this.#pickMore()
  }

  async #search(text: string, regex: boolean): Promise<void> {
    if (text === this.getSnapshot().search && regex === this.getSnapshot().regex) return
    this.update({
      search: text,
      regex,
      matches: text === "" ? [] : null,
      match: -1,
      mistake: null,
      searching: text !== ""
    })
    if (text === "") return
    const current = (): boolean => this.getSnapshot().search === text && this.getSnapshot().regex === regex
    const found: Array<number> = []
    let from: number | null = 0
    try {
      while (from !== null && found.length < mostMatches && current() && !this.disposed) {
        const query = { from, limit: pageSize, search: text, ...(regex ? { regex } : {}) }
        const page: Awaited<ReturnType<WanllmdbClient["logs"]["read"]>> = await this.#client.logs.read(
          this.#run,
          query,
          { signal: this.abort.signal }
        )
        if (!current()) return
        for (const { index } of page.items) found.push(index)
        from = page.next
        const match = this.getSnapshot().match
        this.update({
          matches: [...found],
          searching: from !== null,
          match: match < 0 && found.length > 0 ? 0 : match,
          follow: found.length === 0 && this.getSnapshot().follow
        })
      }
    } catch (error) {
      if (current() && !isAbort(error))
        this.update({ matches: [], searching: false, mistake: error instanceof Error ? error.message : String(error) })
    }
  }

  #walk(direction: 1 | -1): void {
    const { matches, match } = this.getSnapshot()
    if (matches === null || matches.length === 0) return
    this.update({ match: (match + direction + matches.length) % matches.length, follow: false })
  }
}
