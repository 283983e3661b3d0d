/**
 * Fills the lines of one chart from a feed: a coarse answer first where there is much to load, then a fine one, then live
 * points; and a finer window while the chart is zoomed.
 */
import type { XAxis } from "@wanllmdb/core/metric"
import type { Domain } from "../scale/Scale.ts"
import { ChartSeries } from "../series/ChartSeries.ts"
import { fromBuckets } from "../series/fromBuckets.ts"
import { livePoints } from "./livePoints.ts"
import type { LivePoints, SeriesFeed } from "./SeriesFeed.ts"

export const lineId = (run: string, key: string): string => `${run}\u0000${key}`

export interface LoaderRun {
  readonly id: string
  readonly live: boolean
}

export interface LoaderSource {
  readonly feed: SeriesFeed
  readonly keys: ReadonlyArray<string>
  readonly x: XAxis
  readonly buckets: number
}

export interface LoaderListener {
  /** The series changed. `complete` once the fine answer is in. */
  readonly loaded: (complete: boolean) => void
  readonly failed: (reason: unknown) => void
  readonly stale: (stale: boolean) => void
}

const coarseBuckets = 100
/** Up to so many lines the fine answer comes as fast as a coarse one would. */
const fewLines = 8
/** A line that live points made this much longer than asked for is thinned. */
const growth = 6
const windowDelayMs = 150

export class SeriesLoader {
  readonly #source: LoaderSource
  readonly #listener: LoaderListener
  readonly #whole = new Map<string, ChartSeries>()
  #window: { readonly domain: Domain; readonly series: Map<string, ChartSeries> } | null = null
  /** What ends following a run; null for one that is not live. */
  readonly #runs = new Map<string, (() => void) | null>()
  /** Live points that came before the answer they continue. */
  #early: Array<LivePoints> | null = []
  readonly #starts = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #turn = 0
  #stopped = false

  constructor(source: LoaderSource, runs: ReadonlyArray<LoaderRun>, listener: LoaderListener) {
    this.#source = source
    this.#listener = listener
    this.change(runs, null)
  }

  /** Other runs: only those that are new are loaded. `view` is the zoom, for which they get a finer window too. */
  change(runs: ReadonlyArray<LoaderRun>, view: Domain | null): void {
    const wanted = new Set(runs.map((run) => run.id))
    for (const [id, end] of this.#runs) {
      if (wanted.has(id)) continue
      end?.()
      this.#runs.delete(id)
      for (const key of this.#source.keys) {
        this.#whole.delete(lineId(id, key))
        this.#window?.series.delete(lineId(id, key))
      }
    }
    const added = runs.filter((run) => !this.#runs.has(run.id))
    for (const { id, live } of runs) {
      const end = this.#runs.get(id)
      if (end === undefined || (end !== null) !== live) {
        end?.()
        this.#runs.set(id, live ? this.#follow(id) : null)
      }
    }
    if (added.length > 0) void this.#load(added)
    if (added.length > 0 && view !== null) this.focus(view)
  }

  /** The lines to draw for a view: the finer window where it covers the view. */
  seriesFor(view: Domain | null): ReadonlyMap<string, ChartSeries> {
    const window = this.#window
    if (view === null || window === null || view.from < window.domain.from || view.to > window.domain.to)
      return this.#whole
    return window.series
  }

  /** Asks for a finer window around a view soon; null lets go of it. */
  focus(view: Domain | null): void {
    clearTimeout(this.#timer)
    if (view === null) {
      this.#window = null
      this.#turn += 1
      return
    }
    this.#timer = setTimeout(() => void this.#loadWindow(view), windowDelayMs)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    for (const end of this.#runs.values()) end?.()
  }

  async #load(runs: ReadonlyArray<LoaderRun>): Promise<void> {
    const { feed, keys, x, buckets } = this.#source
    const request = { runs: runs.map((run) => run.id), keys, x }
    try {
      if (x === "relative") {
        const live = runs.filter((run) => run.live)
        const starts = await Promise.all(live.map((run) => feed.startOf(run.id)))
        for (const [index, run] of live.entries()) this.#starts.set(run.id, starts[index]!)
      }
      const take = (into: Map<string, ChartSeries>) => (answer: Parameters<typeof fromBuckets>[0]) => {
        if (!this.#runs.has(answer.run)) return
        const id = lineId(answer.run, answer.key)
        const known = into.get(id)
        if (known === undefined) into.set(id, new ChartSeries(id, fromBuckets(answer)))
        else known.replace(fromBuckets(answer))
      }
      if (runs.length * keys.length > fewLines && buckets > 2 * coarseBuckets) {
        await feed.load({ ...request, buckets: coarseBuckets }, take(this.#whole))
        if (this.#stopped) return
        this.#listener.loaded(false)
      }
      await feed.load({ ...request, buckets }, take(this.#whole))
      if (this.#stopped) return
      const early = this.#early ?? []
      this.#early = null
      for (const message of early) this.#append(message)
      this.#listener.loaded(true)
    } catch (reason) {
      if (!this.#stopped) this.#listener.failed(reason)
    }
  }

  async #loadWindow(view: Domain): Promise<void> {
    const { feed, keys, x, buckets } = this.#source
    const runs = [...this.#runs.keys()]
    const turn = ++this.#turn
    // Half a view more on both sides, so that a pan meets what is there already.
    const room = (view.to - view.from) / 2
    const domain = { from: view.from - room, to: view.to + room }
    const series = new Map<string, ChartSeries>()
    try {
      await feed.load({ runs, keys, x, ...domain, buckets: Math.min(20_000, buckets * 2) }, (answer) => {
        const id = lineId(answer.run, answer.key)
        series.set(id, new ChartSeries(id, fromBuckets(answer)))
      })
    } catch {
      // The whole line stays on screen; the next zoom asks again.
      return
    }
    if (this.#stopped || turn !== this.#turn) return
    this.#window = { domain, series }
    this.#listener.loaded(true)
  }

  #follow(run: string): () => void {
    const { feed, keys, x } = this.#source
    const wanted = typeof x === "string" ? keys : [...new Set([...keys, x.metric])]
    return feed.follow(run, wanted, {
      points: (message) => {
        if (this.#early !== null) this.#early.push(message)
        else if (this.#append(message)) this.#listener.loaded(true)
      },
      reset: () => {
        this.#early ??= []
        void this.#load([...this.#runs].map(([id, end]) => ({ id, live: end !== null })))
      },
      stale: this.#listener.stale
    })
  }

  #append(message: LivePoints): boolean {
    const { keys, x, buckets } = this.#source
    let changed = false
    for (const key of keys) {
      const points = livePoints(message, key, x, this.#starts.get(message.run) ?? 0)
      if (points === null) continue
      const id = lineId(message.run, key)
      const whole = this.#whole.get(id)
      if (whole === undefined) this.#whole.set(id, new ChartSeries(id, points))
      else {
        whole.append(points)
        if (whole.length > growth * buckets) whole.thin()
      }
      const window = this.#window
      if (window !== null && points.x[0]! <= window.domain.to) window.series.get(id)?.append(points)
      changed = true
    }
    return changed
  }
}
