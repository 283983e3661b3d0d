/**
 * Brings signals of the engine to the feeds that somebody watches. Signals only say that something is new; feeds read the
 * stores from each watcher's cursor, so a lost signal costs time and never data.
 */
import type { RunSignal } from "@wanllmdb/core"
import { Effect } from "effect"
import type { LivingKeys } from "../auth/LivingKeys.ts"
import type { Engine } from "../engine/Engine.ts"
import type { ServerMetrics } from "../http/ServerMetrics.ts"
import { LiveFeed } from "./LiveFeed.ts"
import type { LiveQuery } from "./LiveQuery.ts"
import type { Watcher } from "./Watcher.ts"

export const pingMs = 15_000

export interface LiveHubOptions {
  readonly engine: Engine
  readonly measures: ServerMetrics
  readonly now: () => number
  readonly keys: LivingKeys
  readonly onTrouble: (error: unknown) => void
}

export class LiveHub {
  readonly #options: LiveHubOptions
  readonly #feeds = new Map<string, LiveFeed>()
  readonly #pings: ReturnType<typeof setInterval>
  #closed = false

  constructor(options: LiveHubOptions) {
    this.#options = options
    this.#pings = setInterval(() => this.#ping(), pingMs)
    this.#pings.unref?.()
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Starts serving the watcher; the first message is a ping with its cursor, so that it knows that it misses nothing after. */
  async join(watcher: Watcher): Promise<void> {
    if (this.#closed) return watcher.end()
    await this.#locate(watcher)
    if (this.#closed) return watcher.end()
    const feed = this.#feed(watcher.query)
    feed.watchers.add(watcher)
    this.#options.measures.watchers++
    watcher.send("ping", "")
    feed.markAll(watcher)
  }

  leave(watcher: Watcher) {
    const name = feedName(watcher.query)
    const feed = this.#feeds.get(name)
    if (feed === undefined || !feed.watchers.delete(watcher)) return
    this.#options.measures.watchers--
    if (feed.watchers.size === 0) this.#feeds.delete(name)
  }

  /** Ends every stream; later joins end at once. */
  close() {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#pings)
    for (const feed of [...this.#feeds.values()]) feed.close()
    this.#feeds.clear()
    this.#options.measures.watchers = 0
  }

  #feed(query: LiveQuery): LiveFeed {
    const name = feedName(query)
    let feed = this.#feeds.get(name)
    if (feed === undefined) {
      feed = new LiveFeed(this.#options.engine, this.#options.onTrouble)
      this.#feeds.set(name, feed)
    }
    return feed
  }

  notify(signal: RunSignal) {
    this.#feeds.get(`run ${signal.run}`)?.mark(signal.topic)
    if (signal.topic === "run" || signal.topic === "runs") this.#feeds.get(`project ${signal.project}`)?.mark("runs")
  }

  #ping() {
    for (const feed of this.#feeds.values()) {
      for (const watcher of [...feed.watchers]) {
        if (watcher.isReady) watcher.send("ping", "")
        this.#holds(watcher).then((holds) => {
          if (holds) return
          this.leave(watcher)
          watcher.end()
        }, this.#options.onTrouble)
      }
    }
  }

  /** Whether the sign-in that began the stream is still good. */
  async #holds({ identity }: Watcher): Promise<boolean> {
    const { expiresAt, principal } = identity
    return (expiresAt === null || expiresAt > this.#options.now()) && this.#options.keys.holds(principal)
  }

  /** Parts of the cursor that the watcher did not bring start now. */
  async #locate(watcher: Watcher): Promise<void> {
    const { engine } = this.#options
    const { query } = watcher
    if (query.kind === "project") {
      if (watcher.position("s") === undefined) {
        const page = await Effect.runPromise(engine.search.search({ project: query.project, limit: 1 }))
        watcher.advance("s", page.cursor)
      }
      return
    }
    const { run } = query
    const wants = (...topics: ReadonlyArray<string>) => topics.some((topic) => watcher.wants(topic))
    if (wants("points", "media") && watcher.position("p") === undefined) {
      watcher.advance("p", await Effect.runPromise(engine.metrics.head(run)))
    }
    if (wants("logs") && watcher.position("l") === undefined) {
      watcher.advance("l", await Effect.runPromise(engine.logs.head(run)))
    }
    if (wants("files") && watcher.position("f") === undefined) {
      watcher.advance("f", (await Effect.runPromise(engine.files.changedSince(run, 0))).cursor)
    }
    if (wants("run") && watcher.position("r") === undefined) {
      watcher.advance("r", (await Effect.runPromise(engine.runs.get(run))).rev)
    }
  }
}

const feedName = (query: LiveQuery): string => (query.kind === "run" ? `run ${query.run}` : `project ${query.project}`)
