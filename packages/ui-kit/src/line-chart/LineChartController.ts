/**
 * All state of a line chart without its picture: lines from the host or from a client, what the axes span, zoom, cursor, what
 * is hidden. Every chart of the kit, and any host that draws by itself, stands on it.
 */
import { type Domain, panDomain, zoomDomain } from "../scale/Scale.ts"
import { ChartSeries } from "../series/ChartSeries.ts"
import { noSmoothing } from "../smooth/Smoothing.ts"
import { BaseStore } from "../store/Store.ts"
import type { ChartEvent, ChartLine, ChartSource, ChartState, LineInput } from "./ChartState.ts"
import { neighbourLine, steppedCursor } from "./chartCursor.ts"
import { defaultXScale, viewOf, visibleSeries, xExtent } from "./chartView.ts"
import { lineId, SeriesLoader } from "./SeriesLoader.ts"

const unit: Domain = { from: 0, to: 1 }

const initial: ChartState = {
  status: "empty",
  error: null,
  stale: false,
  refining: false,
  options: {
    x: "step",
    xScale: null,
    yScale: "linear",
    smoothing: noSmoothing,
    band: "auto",
    divisor: 1,
    atLeast: null
  },
  lines: [],
  series: new Map(),
  revision: 0,
  hidden: new Set(),
  zoom: { x: null, y: null },
  view: { x: unit, y: unit },
  xScale: "linear",
  cursor: null,
  hovered: null
}

const column = (values: ArrayLike<number>): Float64Array =>
  values instanceof Float64Array ? values : Float64Array.from(values)

export class LineChartController extends BaseStore<ChartState, ChartEvent> {
  #loader: SeriesLoader | null = null
  #source: ChartSource | null = null
  #pixels = 600
  #loadedPixels = 0

  constructor() {
    super(initial)
  }

  protected override receive(event: ChartEvent): void {
    const state = this.getSnapshot()
    switch (event.type) {
      case "lines":
        this.#take(event.lines)
        break
      case "source":
        this.#follow(event.source)
        break
      case "options":
        this.#choose(event.options)
        break
      case "resize":
        this.#pixels = event.pixels
        // A chart that grew a lot shows more than it has; a little is not worth a request.
        if (this.#source !== null && event.pixels > this.#loadedPixels * 1.5) this.#load()
        return
      case "zoom":
        this.#zoom({
          ...state.zoom,
          ...("x" in event ? { x: event.x ?? null } : {}),
          ...("y" in event ? { y: event.y ?? null } : {})
        })
        break
      case "zoom-by":
        this.#zoom({
          ...state.zoom,
          x: this.#within(zoomDomain(state.xScale, state.view.x, event.factor, event.at))
        })
        break
      case "pan":
        this.#zoom({
          x: panDomain(state.xScale, state.view.x, event.x),
          y:
            event.y === undefined || event.y === 0
              ? state.zoom.y
              : panDomain(state.options.yScale, state.view.y, event.y)
        })
        break
      case "reset":
        this.#zoom({ x: null, y: null })
        break
      case "cursor":
        this.#point(event.x === null ? null : { x: event.x, line: event.line ?? null })
        break
      case "step":
        this.#point(steppedCursor(state, event.by, event.direction) ?? state.cursor)
        break
      case "change-line":
        this.#point(neighbourLine(state, event.direction) ?? state.cursor)
        break
      case "hover":
        if (event.run !== state.hovered) this.update({ hovered: event.run })
        break
      case "toggle": {
        const hidden = new Set(state.hidden)
        if (!hidden.delete(event.line)) hidden.add(event.line)
        this.#show({ hidden })
        break
      }
      case "isolate": {
        const others = state.lines.filter((line) => line.id !== event.line).map((line) => line.id)
        const alone = !state.hidden.has(event.line) && others.every((id) => state.hidden.has(id))
        this.#show({ hidden: new Set(alone ? [] : others) })
        break
      }
      case "retry":
        this.#load()
        break
    }
  }

  protected override released(): void {
    this.#loader?.stop()
  }

  /** Changes what decides the axes, and the axes with it. */
  #show(change: Partial<ChartState>): void {
    const next = { ...this.getSnapshot(), ...change }
    this.update({ ...change, view: viewOf(next) })
  }

  #point(cursor: ChartState["cursor"]): void {
    const { cursor: old } = this.getSnapshot()
    if (old?.x !== cursor?.x || old?.line !== cursor?.line) this.update({ cursor })
  }

  #take(inputs: ReadonlyArray<LineInput>): void {
    this.#loader?.stop()
    this.#loader = null
    this.#source = null
    const series = new Map<string, ChartSeries>()
    const lines = inputs.map((input): ChartLine => {
      const { id, label = id, run = id, live = false, colour = null } = input
      const low = input.low && column(input.low)
      const high = input.high && column(input.high)
      series.set(id, new ChartSeries(id, { x: column(input.x), y: column(input.y), low, high }))
      return { id, label, run, live, colour }
    })
    const status = lines.length === 0 ? "empty" : "ready"
    this.#show({ status, error: null, refining: false, lines, series, revision: this.getSnapshot().revision + 1 })
  }

  #choose(options: Partial<ChartState["options"]>): void {
    const state = this.getSnapshot()
    const next = { ...state.options, ...options }
    const xScale = next.xScale ?? defaultXScale(next.x)
    const otherAxis = JSON.stringify(next.x) !== JSON.stringify(state.options.x)
    // A window along one axis means nothing along another.
    const zoom = otherAxis
      ? { x: null, y: state.zoom.y }
      : next.yScale !== state.options.yScale
        ? { ...state.zoom, y: null }
        : state.zoom
    this.#show({ options: next, xScale, zoom, ...(otherAxis ? { cursor: null } : {}) })
    // Positions along the old axis mean nothing along the new one.
    if (otherAxis && this.#source !== null) this.#load(false)
  }

  /** Zooming out ends at everything. */
  #within(domain: Domain): Domain | null {
    const state = this.getSnapshot()
    const all = xExtent(visibleSeries(state), state.xScale)
    const clipped = { from: Math.max(domain.from, all.from), to: Math.min(domain.to, all.to) }
    if (!(clipped.to > clipped.from)) return state.zoom.x
    return clipped.from <= all.from && clipped.to >= all.to ? null : clipped
  }

  #zoom(zoom: ChartState["zoom"]): void {
    const { zoom: old } = this.getSnapshot()
    if (same(old.x, zoom.x) && same(old.y, zoom.y)) return
    if (!same(old.x, zoom.x)) this.#loader?.focus(zoom.x)
    this.#show({ zoom, ...(this.#loader === null ? {} : { series: this.#loader.seriesFor(zoom.x) }) })
  }

  #follow(source: ChartSource | null): void {
    const before = this.#source
    this.#source = source
    const loader = this.#loader
    const same =
      source !== null && before?.feed === source.feed && before.keys.join("\u0000") === source.keys.join("\u0000")
    if (loader === null || !same || source.runs.length === 0 || this.getSnapshot().status === "error") {
      this.#load(same)
      return
    }
    const { zoom, revision } = this.getSnapshot()
    loader.change(loaderRuns(source), zoom.x)
    this.#show({ lines: linesOf(source), series: loader.seriesFor(zoom.x), revision: revision + 1 })
  }

  /** `keep` shows the lines that are there until the answer is in, so that nothing jumps. */
  #load(keep = true): void {
    this.#loader?.stop()
    this.#loader = null
    const source = this.#source
    if (source === null || source.runs.length === 0 || source.keys.length === 0) {
      this.#show({ status: "empty", error: null, refining: false, lines: [], series: new Map() })
      return
    }
    const { keys, feed } = source
    const lines = linesOf(source)
    const state = this.getSnapshot()
    this.#loadedPixels = this.#pixels
    const kept = new Map(
      lines.flatMap(({ id }) => (keep && state.series.has(id) ? [[id, state.series.get(id)!] as const] : []))
    )
    this.#show({
      status: kept.size > 0 ? "ready" : "loading",
      error: null,
      stale: false,
      refining: true,
      lines,
      series: kept
    })
    // The answer has this many buckets or up to twice as many: at least one a pixel.
    const buckets = Math.min(20_000, Math.max(200, this.#pixels))
    const loader = new SeriesLoader({ feed, keys, x: state.options.x, buckets }, loaderRuns(source), {
      loaded: (complete) => {
        const { zoom, revision } = this.getSnapshot()
        const series = loader.seriesFor(zoom.x)
        const any = [...series.values()].some((one) => one.length > 0)
        const status = any ? "ready" : complete ? "empty" : "loading"
        this.#show({ status, error: null, refining: !complete, series, revision: revision + 1 })
      },
      failed: (reason) => {
        this.update({
          status: "error",
          refining: false,
          error: reason instanceof Error ? reason.message : String(reason)
        })
      },
      stale: (stale) => {
        if (stale !== this.getSnapshot().stale) this.update({ stale })
      }
    })
    this.#loader = loader
  }
}

const loaderRuns = ({ runs }: ChartSource) => runs.map(({ id, live = false }) => ({ id, live }))

const linesOf = ({ runs, keys }: ChartSource): ReadonlyArray<ChartLine> => {
  const shared = sharedFolder(keys)
  return runs.flatMap((run) =>
    keys.map((key, at): ChartLine => {
      const name = run.name ?? run.id
      const colour = run.colour ?? (runs.length === 1 && keys.length > 1 ? `var(--wl-s${(at % 10) + 1})` : null)
      const label = keys.length === 1 ? name : runs.length === 1 ? key.slice(shared) : `${name} ${key.slice(shared)}`
      return { id: lineId(run.id, key), label, run: run.id, live: run.live ?? false, colour }
    })
  )
}

/** Length of the folders that all keys share, such as 7 for `system/cpu` and `system/memory`. */
const sharedFolder = (keys: ReadonlyArray<string>): number => {
  const [first = "", ...others] = keys
  let length = first.lastIndexOf("/") + 1
  while (length > 0 && !others.every((key) => key.startsWith(first.slice(0, length)))) {
    length = first.lastIndexOf("/", length - 2) + 1
  }
  return length
}

const same = (a: Domain | null, b: Domain | null): boolean =>
  a === b || (a !== null && b !== null && a.from === b.from && a.to === b.to)
