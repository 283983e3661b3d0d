/** Which charts a set of runs needs, found from what they log, and what all charts of the grid share. */
import type { MetricKeyJson, WanllmdbClient } from "@wanllmdb/core/client"
import type { XAxis } from "@wanllmdb/core/metric"
import type { ChartRun } from "../line-chart/ChartState.ts"
import { feedOf } from "../line-chart/SeriesFeed.ts"
import type { Domain, ScaleKind } from "../scale/Scale.ts"
import type { SmoothingKind } from "../smooth/Smoothing.ts"
import { BaseStore } from "../store/Store.ts"
import { filterSections, type GridSection, keySections } from "./keySections.ts"

export interface GridOptions {
  readonly x: XAxis
  readonly yScale: ScaleKind
  readonly smooth: number
  readonly smoothing: SmoothingKind
}

export interface GridState {
  readonly status: "empty" | "loading" | "ready" | "error"
  readonly error: string | null
  /** Numeric keys of the runs, sorted. */
  readonly keys: ReadonlyArray<string>
  /** What `filter` leaves. */
  readonly sections: ReadonlyArray<GridSection>
  readonly filter: string
  readonly closed: ReadonlySet<string>
  readonly options: GridOptions
  /** The x-range of all charts; null for everything. */
  readonly range: Domain | null
  /** Metrics that have an x-axis of their own. */
  readonly stepMetrics: ReadonlyMap<string, string>
}

export interface GridSource {
  readonly client: WanllmdbClient
  readonly project: string
  readonly runs: ReadonlyArray<ChartRun>
  /** Null: found from the runs. */
  readonly keys: ReadonlyArray<string> | null
  /** Only keys that begin so. */
  readonly prefix: string
}

export type GridEvent =
  | { readonly type: "source"; readonly source: GridSource | null }
  | { readonly type: "arrange"; readonly arrange: (keys: ReadonlyArray<string>) => ReadonlyArray<GridSection> }
  | { readonly type: "filter"; readonly filter: string }
  | { readonly type: "toggle-section"; readonly name: string }
  | { readonly type: "options"; readonly options: Partial<GridOptions> }
  | { readonly type: "range"; readonly range: Domain | null }
  | { readonly type: "retry" }

/** Runs of one project mostly log the same keys: so many are asked, live ones first. */
const askedRuns = 8
const headStartMs = 150
const pageSize = 1000
const mostPages = 20

export class ChartGridController extends BaseStore<GridState, GridEvent> {
  #source: GridSource | null = null
  #arrange: (keys: ReadonlyArray<string>) => ReadonlyArray<GridSection> = keySections
  readonly #ends: Array<() => void> = []
  #turn = 0

  constructor() {
    super({
      status: "empty",
      error: null,
      keys: [],
      sections: [],
      filter: "",
      closed: new Set(),
      options: { x: "step", yScale: "linear", smooth: 0, smoothing: "twema" },
      range: null,
      stepMetrics: new Map()
    })
  }

  protected override receive(event: GridEvent): void {
    const state = this.getSnapshot()
    switch (event.type) {
      case "source":
        this.#source = event.source
        void this.#discover()
        break
      case "arrange":
        this.#arrange = event.arrange
        this.update({ sections: filterSections(event.arrange(state.keys), state.filter) })
        break
      case "filter":
        this.update({ filter: event.filter, sections: filterSections(this.#arrange(state.keys), event.filter) })
        break
      case "toggle-section": {
        const closed = new Set(state.closed)
        if (!closed.delete(event.name)) closed.add(event.name)
        this.update({ closed })
        break
      }
      case "options": {
        const options = { ...state.options, ...event.options }
        // A window along one axis means nothing along another.
        const range = JSON.stringify(options.x) === JSON.stringify(state.options.x) ? state.range : null
        this.update({ options, range })
        break
      }
      case "range":
        this.update({ range: event.range })
        break
      case "retry":
        void this.#discover()
        break
    }
  }

  protected override released(): void {
    this.#unfollow()
  }

  #unfollow(): void {
    for (const end of this.#ends.splice(0)) end()
  }

  async #discover(): Promise<void> {
    this.#unfollow()
    const turn = ++this.#turn
    const source = this.#source
    if (source === null || source.runs.length === 0) {
      this.#show([], "empty")
      return
    }
    if (source.keys !== null) {
      this.#show(source.keys, source.keys.length === 0 ? "empty" : "ready")
      return
    }
    const { client, runs, prefix } = source
    // Charts that are there stay until the new answer is in.
    if (this.getSnapshot().keys.length === 0) this.update({ status: "loading", error: null })
    const asked = [...runs].sort((a, b) => Number(b.live ?? false) - Number(a.live ?? false)).slice(0, askedRuns)
    const found = new Set<string>()
    const hidden = new Set<string>()
    const stepMetrics = new Map<string, string>()
    // The first run mostly names all charts already: they need not wait for the others.
    const early = this.getSnapshot().keys.length === 0
    let listed = false
    const current = () => turn === this.#turn && !this.disposed
    const take = (keys: ReadonlyArray<MetricKeyJson>) => {
      if (!current()) return
      const before = found.size
      for (const { key, definition } of keys) {
        if (definition?.hidden === true) {
          hidden.add(key)
          found.delete(key)
          continue
        }
        found.add(key)
        if (definition?.stepMetric != null) stepMetrics.set(key, definition.stepMetric)
      }
      if (early && found.size > before) this.#found(found, stepMetrics)
      listed ||= early
    }
    // Before anything is listed, so that no key falls between the two.
    this.#follow(source, asked, (keys) => {
      const before = found.size
      for (const key of keys) if (key.startsWith(prefix) && !hidden.has(key)) found.add(key)
      if (listed && found.size > before) this.#show([...found].sort(), "ready")
    })
    const ask = async (run: ChartRun) => take(await numericKeys(client, run.id, prefix))
    try {
      const [first, ...others] = early ? asked : []
      if (first !== undefined) await ask(first)
      // What the charts ask for now goes first.
      if (others.length > 0 && found.size > 0) await new Promise((done) => setTimeout(done, headStartMs))
      if (!current()) return
      await Promise.all((early ? others : asked).map(ask))
      if (!current()) return
      if (!early || found.size === 0) this.#found(found, stepMetrics)
      listed = true
    } catch (reason) {
      if (turn !== this.#turn) return
      this.update({ status: "error", error: reason instanceof Error ? reason.message : String(reason) })
    }
  }

  #follow(
    { client, project }: GridSource,
    runs: ReadonlyArray<ChartRun>,
    heard: (keys: ReadonlyArray<string>) => void
  ) {
    const feed = feedOf(client, project)
    for (const run of runs) {
      if (run.live !== true) continue
      const end = feed.follow(run.id, null, {
        points: ({ series }) => heard(Object.keys(series)),
        reset: () => {},
        stale: () => {}
      })
      this.#ends.push(end)
    }
  }

  #found(keys: ReadonlySet<string>, stepMetrics: ReadonlyMap<string, string>): void {
    this.update({ stepMetrics: new Map(stepMetrics) })
    this.#show([...keys].sort(), keys.size === 0 ? "empty" : "ready")
  }

  #show(keys: ReadonlyArray<string>, status: GridState["status"]): void {
    const { filter } = this.getSnapshot()
    this.update({ status, error: null, keys, sections: filterSections(this.#arrange(keys), filter) })
  }
}

const numericKeys = async (
  client: WanllmdbClient,
  run: string,
  prefix: string
): Promise<ReadonlyArray<MetricKeyJson>> => {
  const keys: Array<MetricKeyJson> = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const query = { limit: pageSize, ...(prefix === "" ? {} : { prefix }), ...(cursor === undefined ? {} : { cursor }) }
    const { items, next } = await client.metrics.keys(run, query)
    keys.push(...items.filter(({ kind }) => kind === "number"))
    if (next === null) break
    cursor = next
  }
  return keys
}
