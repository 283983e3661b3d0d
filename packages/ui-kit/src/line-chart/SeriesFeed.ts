/**
 * Where the charts of one project get their series. What several charts ask for in one turn becomes one request, and however
 * many charts show a run, its live points are followed once.
 */
import type { LiveMessage, LiveSubscription, WanllmdbClient } from "@wanllmdb/core/client"
import type { BucketSeries, XAxis } from "@wanllmdb/core/metric"

export interface SeriesRequest {
  readonly runs: ReadonlyArray<string>
  readonly keys: ReadonlyArray<string>
  readonly x: XAxis
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly buckets: number
}

export type LivePoints = Extract<LiveMessage, { type: "points" }>

export interface LiveListener {
  readonly points: (message: LivePoints) => void
  /** Points were missed: read again. */
  readonly reset: () => void
  readonly stale: (stale: boolean) => void
}

interface Waiting {
  readonly request: SeriesRequest
  /** Series that came, as run and key. */
  readonly came: Set<string>
  readonly onSeries: (series: BucketSeries) => void
  readonly done: () => void
  readonly failed: (reason: unknown) => void
}

interface Followed {
  readonly listeners: Map<LiveListener, ReadonlyArray<string> | null>
  subscription: LiveSubscription | null
  keys: string
}

const signature = ({ runs, x, from, to, buckets }: SeriesRequest): string =>
  JSON.stringify([runs, x, from, to, buckets])

export class SeriesFeed {
  readonly #client: WanllmdbClient
  readonly #project: string
  #waiting: Array<Waiting> = []
  readonly #followed = new Map<string, Followed>()
  readonly #starts = new Map<string, Promise<number>>()

  constructor(client: WanllmdbClient, project: string) {
    this.#client = client
    this.#project = project
  }

  /** Gives each series as it comes; resolves after the last of this request, whatever else its answer carries. */
  load(request: SeriesRequest, onSeries: (series: BucketSeries) => void): Promise<void> {
    if (this.#waiting.length === 0) setTimeout(() => this.#send(), 0)
    return new Promise((done, failed) => this.#waiting.push({ request, came: new Set(), onSeries, done, failed }))
  }

  /** Follows new points of a run under the given keys, or under all with null. Answers what ends it. */
  follow(run: string, keys: ReadonlyArray<string> | null, listener: LiveListener): () => void {
    const followed = this.#followed.get(run) ?? { listeners: new Map(), subscription: null, keys: "" }
    this.#followed.set(run, followed)
    followed.listeners.set(listener, keys)
    this.#resubscribeSoon(run)
    return () => {
      followed.listeners.delete(listener)
      this.#resubscribeSoon(run)
    }
  }

  /** Unix milliseconds of the first point of a run: where its relative time begins. */
  startOf(run: string): Promise<number> {
    const known = this.#starts.get(run)
    if (known !== undefined) return known
    const start = this.#client.metrics
      .keys(run, { limit: 1000 })
      .then(({ items }) =>
        items.reduce((least, { firstTimeMs }) => Math.min(least, firstTimeMs), Number.POSITIVE_INFINITY)
      )
    this.#starts.set(run, start)
    start.catch(() => this.#starts.delete(run))
    return start
  }

  #send(): void {
    const groups = new Map<string, Array<Waiting>>()
    for (const waiting of this.#waiting) {
      const key = signature(waiting.request)
      groups.set(key, [...(groups.get(key) ?? []), waiting])
    }
    this.#waiting = []
    for (const group of groups.values()) void this.#answer(group)
  }

  async #answer(group: ReadonlyArray<Waiting>): Promise<void> {
    const { runs, x, from, to, buckets } = group[0]!.request
    const byKey = new Map<string, Array<Waiting>>()
    for (const waiting of group) {
      for (const key of waiting.request.keys) byKey.set(key, [...(byKey.get(key) ?? []), waiting])
    }
    try {
      const query = { runs, keys: [...byKey.keys()], x, from, to, buckets }
      for await (const series of this.#client.metrics.series(this.#project, query)) {
        for (const waiting of byKey.get(series.key) ?? []) {
          const { came, request, onSeries, done } = waiting
          onSeries(series)
          came.add(`${series.run} ${series.key}`)
          if (came.size === request.runs.length * request.keys.length) done()
        }
      }
      for (const { done } of group) done()
    } catch (reason) {
      for (const { failed } of group) failed(reason)
    }
  }

  readonly #changed = new Set<string>()

  #resubscribeSoon(run: string): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#resubscribe())
    this.#changed.add(run)
  }

  #resubscribe(): void {
    for (const run of this.#changed) {
      const followed = this.#followed.get(run)
      if (followed === undefined) continue
      const asked = [...followed.listeners.values()]
      const keys = asked.includes(null) ? null : [...new Set(asked.flatMap((some) => some ?? []))].sort()
      const signed = JSON.stringify(keys)
      if (keys !== null && keys.length === 0) {
        followed.subscription?.close()
        this.#followed.delete(run)
      } else if (signed !== followed.keys) {
        const previous = followed.subscription
        followed.keys = signed
        followed.subscription = this.#client.live(
          { run, topics: ["points"], ...(keys === null ? {} : { keys }) },
          (message) => hear(followed, message),
          (status) => {
            for (const listener of followed.listeners.keys()) listener.stale(status === "stale")
          }
        )
        // Only now, so that no point falls between the two.
        previous?.close()
      }
    }
    this.#changed.clear()
  }
}

const hear = (followed: Followed, message: LiveMessage): void => {
  for (const listener of followed.listeners.keys()) {
    if (message.type === "points") listener.points(message)
    else if (message.type === "reset") listener.reset()
  }
}

const feeds = new WeakMap<WanllmdbClient, Map<string, SeriesFeed>>()

/** The one feed of a client and project. */
export const feedOf = (client: WanllmdbClient, project: string): SeriesFeed => {
  const byProject = feeds.get(client) ?? new Map<string, SeriesFeed>()
  feeds.set(client, byProject)
  const feed = byProject.get(project) ?? new SeriesFeed(client, project)
  byProject.set(project, feed)
  return feed
}
