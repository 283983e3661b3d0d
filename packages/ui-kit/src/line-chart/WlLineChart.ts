/** Lines of one or more metrics over many runs, live, from properties alone or from a client. */
import type { XAxis } from "@wanllmdb/core/metric"
import { html, nothing, type PropertyValues } from "lit"
import { baseStyles } from "../base/baseStyles.ts"
import { WlElement } from "../base/WlElement.ts"
import { ChartPanel } from "../chart/ChartPanel.ts"
import { chartRenderer } from "../chart/ChartRenderer.ts"
import { cancelFrame, onFrame } from "../chart/FrameLoop.ts"
import { LineColours } from "../chart/LineColours.ts"
import { watchScreen } from "../chart/OnScreen.ts"
import { Priority } from "../chart/PanelMessage.ts"
import { watchTheme } from "../chart/watchTheme.ts"
import { RunColours } from "../provider/RunColours.ts"
import type { Domain, ScaleKind } from "../scale/Scale.ts"
import { noSmoothing, type SmoothingKind } from "../smooth/Smoothing.ts"
import type { ChartEvent, ChartLine, ChartRun, ChartState, LineInput } from "./ChartState.ts"
import { CursorLink } from "./CursorLink.ts"
import { pointsAt } from "./chartCursor.ts"
import { headerTemplate, type LegendActions, legendTemplate, overlayTemplate } from "./chartTemplates.ts"
import { DrawnMark } from "./DrawnMark.ts"
import { spoken, summaryOf } from "./describe.ts"
import { LineChartController } from "./LineChartController.ts"
import { LineChartPainter } from "./LineChartPainter.ts"
import { lineChartProperties } from "./lineChartProperties.ts"
import { lineChartStyles } from "./lineChartStyles.ts"
import { openChartMenu } from "./openChartMenu.ts"
import { PlotPointer } from "./PlotPointer.ts"
import { listenToPlot } from "./plotGestures.ts"
import { pressKey } from "./plotKeys.ts"
import { pointTable } from "./pointTable.ts"
import { feedOf } from "./SeriesFeed.ts"

/** Charts outside a provider still agree on the colour of a run. */
const pageColours = new RunColours()

/**
 * @slot title - Instead of the metric's name.
 * @slot toolbar - At the right of the title.
 * @slot empty - Instead of the words of an empty chart.
 * @slot error - Instead of the message of a failed one.
 * @csspart base - Everything.
 * @csspart header - Title and toolbar.
 * @csspart plot - Axes and lines.
 * @csspart axis-x - Labels along the bottom.
 * @csspart axis-y - Labels at the left.
 * @csspart line-layer - The canvas of the lines.
 * @csspart cursor - The hairline.
 * @csspart tooltip - Values at the cursor.
 * @csspart brush - The box while dragging.
 * @csspart legend - One button a line.
 * @csspart empty - Shown without data.
 * @csspart error - Shown when loading failed.
 * @csspart loading - Shown until the first line is in.
 * @fires wl-range-change - `{ x, y }`: what the axes were zoomed to; null for everything.
 * @fires wl-cursor - `{ x, line }`: where the cursor moved; null when it left.
 * @fires wl-line-click - `{ line, run, x, y }`: a click on a line.
 * @fires wl-full-screen - The `f` key; the host decides what full screen is.
 * @fires wl-error - `{ message }`: loading failed.
 * @fires wl-drawn - The lines are on screen, as finely as they were asked for; the attribute `drawn` stands while they are.
 */
export class WlLineChart extends WlElement {
  static override styles = [baseStyles, lineChartStyles]
  static override properties = { ...WlElement.properties, ...lineChartProperties }

  /** Lines given by the host; with them, no client is asked. */
  declare series: ReadonlyArray<LineInput> | null
  /** Project of `runs`: an id or `entity:slug`. */
  declare project: string | null
  declare runs: ReadonlyArray<ChartRun>
  declare keys: ReadonlyArray<string>
  declare x: XAxis
  declare xScale: ScaleKind | null
  declare yScale: ScaleKind
  /** How much smoothing of the kind `smoothing` (default `twema`); 0 (default) is none. */
  declare smooth: number
  declare smoothing: SmoothingKind
  declare band: boolean | "auto"
  /** Values are shown divided by this, such as 2³⁰ for bytes as GiB; say the unit in the label. Default 1. */
  declare divisor: number
  /** What the y-axis spans at least, such as 0 to 100. */
  declare atLeast: Domain | null
  /** Title. Default: the keys. */
  declare label: string | null
  declare legend: boolean
  /** Without the word "live", where something around the chart says it already. */
  declare noBadge: boolean
  declare noChrome: boolean
  declare syncGroup: string | null
  /** For lines given by the host: they are on their way. */
  declare loading: boolean
  /** For lines given by the host: why they are not there. */
  declare error: string | null
  declare table: boolean

  controller = new LineChartController()
  #painter: LineChartPainter | null = null
  #pointer: PlotPointer | null = null
  #panel: ChartPanel | null = null
  #colours: LineColours | null = null
  #sourceKey = ""
  #pointing = false
  /** Whether the pointer is on another chart of the group. */
  #elsewhere = false
  #said = ""
  readonly #link = new CursorLink((position) => {
    if (position.axis !== this.#axis) return
    this.#point(false)
    // Where another chart is pointed at, only the hairline follows: a wall of charts is not redrawn at every move.
    this.#elsewhere = position.x !== null
    this.controller.send({ type: "cursor", x: position.x })
    this.controller.send({ type: "hover", run: position.run })
  })
  readonly #drawn = new DrawnMark(this, () => this.emit("wl-drawn", null))
  #shown: ChartState | null = null
  readonly #release: Array<() => void> = []

  constructor() {
    super()
    this.series = null
    this.project = null
    this.runs = []
    this.keys = []
    this.x = "step"
    this.xScale = null
    this.yScale = "linear"
    this.smooth = 0
    this.smoothing = "twema"
    this.band = "auto"
    this.divisor = 1
    this.atLeast = null
    this.label = null
    this.legend = false
    this.noBadge = false
    this.noChrome = false
    this.syncGroup = null
    this.loading = false
    this.error = null
    this.table = false
  }

  /** What the x-axis spans; null for everything. */
  get range(): Domain | null {
    return this.controller.getSnapshot().zoom.x
  }

  set range(range: Domain | null) {
    this.controller.send({ type: "zoom", x: range })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) this.#open()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const release of this.#release.splice(0)) release()
    this.#link.leave()
    this.#drawn.forget()
    this.#painter?.use(null)
    this.#panel?.close()
    this.#panel = null
    // Lines of the host stay, so that a chart can be moved; live subscriptions do not outlive their element.
    if (this.series === null) this.controller.send({ type: "source", source: null })
    this.#sourceKey = ""
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { controller, x, xScale, yScale, band, divisor, atLeast, smoothing: kind, smooth: amount } = this
    if (
      ["x", "xScale", "yScale", "band", "divisor", "atLeast", "smoothing", "smooth"].some((name) => changed.has(name))
    ) {
      controller.send({
        type: "options",
        options: { x, xScale, yScale, band, divisor, atLeast, smoothing: amount > 0 ? { kind, amount } : noSmoothing }
      })
    }
    if (this.series !== null) {
      if (changed.has("series")) controller.send({ type: "lines", lines: this.series })
      return
    }
    const { source: client, project, runs, keys } = this
    const key = client === null || project === null ? "" : JSON.stringify([project, runs, keys])
    if (key === this.#sourceKey && !changed.has("client")) return
    this.#sourceKey = key
    const source = client === null || project === null ? null : { feed: feedOf(client, project), runs, keys }
    controller.send({ type: "source", source })
  }

  protected override firstUpdated(): void {
    const part = <T extends Element>(selector: string) => this.renderRoot.querySelector<T>(selector)!
    this.#colours = new LineColours(part<HTMLElement>(".probe"))
    this.#painter = new LineChartPainter({
      x: part("[part=axis-x]"),
      y: part("[part=axis-y]"),
      grid: part(".grid path"),
      cursor: part(".cursor"),
      dots: part(".dots"),
      tooltip: part(".tooltip"),
      plot: part(".plot")
    })
    this.#pointer = new PlotPointer({
      state: () => this.controller.getSnapshot(),
      send: (event) => this.#send(event),
      pointing: (on) => this.#point(on),
      publish: () => this.#publish(),
      clicked: ({ line, x, raw }) => this.emit("wl-line-click", { line: line.id, run: line.run, x, y: raw }),
      painter: this.#painter,
      brush: part(".brush")
    })
    this.#open()
  }

  protected override updated(): void {
    if (this.isConnected) this.#link.join(this.syncGroup, this.provider?.cursor)
    this.#colours?.refresh()
    onFrame(this.#paint)
  }

  protected override render() {
    const state = this.controller.getSnapshot()
    const title = this.#title
    const status = this.error !== null ? "error" : this.loading && state.status === "empty" ? "loading" : state.status
    return html`
      <div part="base" class="base">
        ${this.noChrome ? nothing : headerTemplate(state, title, !this.noBadge, this.#menu)}
        <div part="plot" class="plot" tabindex="0" role="application" aria-roledescription="line chart"
          aria-label=${summaryOf(state, title)} aria-busy=${status === "loading"} @keydown=${this.#key} @focus=${() => this.requestUpdate()} @blur=${this.#blurred}>
          <svg class="grid" aria-hidden="true"><path></path></svg>
          <div part="axis-y" class="axis" aria-hidden="true"></div>
          <div part="axis-x" class="axis" aria-hidden="true"></div>
          <div class="layer" aria-hidden="true"></div>
          <div part="cursor" class="cursor" hidden></div>
          <div class="dots" hidden></div>
          <div part="brush" class="brush" hidden></div>
          ${overlayTemplate(status, this.keys, this.error ?? state.error, this.series === null ? this.#retry : null)}
        </div>
        ${this.table ? html`<div class="table" part="table" tabindex="0" role="region" aria-label="${title} as a table" @keydown=${this.#tableKey}>${pointTable(state, title)}</div>` : nothing}
        ${this.legend && !this.noChrome ? legendTemplate(state, this.#legendActions) : nothing}
        <div part="tooltip" class="tooltip" popover="manual" hidden></div>
        <div class="hidden-text" aria-live="polite">${this.#said}</div>
        <div class="probe" aria-hidden="true"></div>
      </div>
    `
  }

  get #title(): string {
    return this.label ?? this.keys.join(", ")
  }

  readonly #menu = (event: Event): Promise<void> =>
    openChartMenu(event, {
      element: this,
      title: this.#title,
      state: () => this.controller.getSnapshot(),
      css: (line) => this.#css(line),
      table: () => void this.#toggleTable()
    })

  readonly #retry = (): void => this.controller.send({ type: "retry" })

  readonly #legendActions: LegendActions = {
    css: (line) => this.#css(line),
    send: (event) => this.controller.send(event),
    hover: (run) => {
      this.controller.send({ type: "hover", run })
      this.#publish()
    }
  }

  #css(line: ChartLine): string {
    return line.colour ?? (this.provider?.colours ?? pageColours).colourOf(line.run)
  }

  #open(): void {
    const plot = this.renderRoot.querySelector<HTMLElement>(".plot")!
    const layer = this.renderRoot.querySelector(".layer")!
    const probe = this.renderRoot.querySelector<HTMLElement>(".probe")!
    const again = () => {
      this.#colours?.refresh()
      this.#painter?.use(this.#panel)
      onFrame(this.#paint)
    }
    this.#panel = new ChartPanel(layer, chartRenderer(this.provider?.workerUrl ?? null), this.#pictured, again)
    this.#painter?.use(this.#panel)
    const sizes = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      this.#painter?.resize(width, height)
      this.controller.send({ type: "resize", pixels: Math.round(width * (window.devicePixelRatio || 1)) })
      onFrame(this.#paint)
    })
    sizes.observe(plot)
    this.#release.push(
      () => sizes.disconnect(),
      () => cancelFrame(this.#paint),
      this.controller.subscribe(this.#changed),
      listenToPlot(plot, this.#pointer!),
      watchTheme(probe, again),
      watchScreen(this, (near) => this.#panel?.prioritise(near ? Priority.visible : Priority.prefetch)),
      (this.provider?.colours ?? pageColours).subscribe(again)
    )
    this.requestUpdate()
  }

  get #axis(): string {
    return typeof this.x === "string" ? this.x : this.x.metric
  }

  readonly #changed = (): void => {
    const state = this.controller.getSnapshot()
    const before = this.#shown
    this.#shown = state
    this.#drawn.follow(state)
    onFrame(this.#paint)
    if (state.status === "error" && before?.status !== "error") this.emit("wl-error", { message: state.error })
    // What only moves (zoom, cursor, live points) is painted without rendering the template again.
    const words = ["status", "error", "stale", "lines", "hidden"] as const
    if (before === null || this.table || words.some((word) => before[word] !== state[word])) this.requestUpdate()
  }

  readonly #paint = (): void => {
    if (!this.isConnected || this.#painter === null || this.#colours === null) return
    const [state, colours] = [this.controller.getSnapshot(), this.#colours]
    this.#painter.paint(
      state,
      { css: (line) => this.#css(line), packed: (line) => colours.packed(this.#css(line)) },
      this.#pointing,
      this.#pointing || !this.#elsewhere ? state.hovered : null
    )
  }

  readonly #pictured = (): void => {
    const state = this.controller.getSnapshot()
    if (this.#painter?.painted(state) === true) this.#drawn.pictured(state)
  }

  #publish(): void {
    const { cursor, hovered } = this.controller.getSnapshot()
    this.#link.publish({ axis: this.#axis, x: cursor?.x ?? null, run: hovered })
    this.emit("wl-cursor", { x: cursor?.x ?? null, line: cursor?.line ?? null })
  }

  #point(on: boolean): void {
    if (on !== this.#pointing) this.#panel?.prioritise(on ? Priority.hovered : Priority.visible)
    this.#pointing = on
  }

  /** What the person at the chart does; hosts hear of a new range. */
  #send(event: ChartEvent): void {
    const before = this.controller.getSnapshot().zoom
    this.controller.send(event)
    const { zoom } = this.controller.getSnapshot()
    if (zoom !== before) this.emit("wl-range-change", zoom)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const state = this.controller.getSnapshot()
    const at = state.cursor === null ? null : this.#painter!.xAt(state, state.cursor.x)
    const used = pressKey(event, {
      send: (chartEvent) => this.#pressed(chartEvent),
      cursorFraction: () => (at === null ? 0.5 : this.#pointer!.xFraction(at)),
      toggleTable: () => void this.#toggleTable(),
      openMenu: () => this.renderRoot.querySelector<HTMLElement>(".more")?.click(),
      fullScreen: () => void this.emit("wl-full-screen", null, true)
    })
    if (used) event.preventDefault()
  }

  #pressed(event: ChartEvent): void {
    this.#point(true)
    this.#send(event)
    const state = this.controller.getSnapshot()
    const { cursor } = state
    const point = cursor === null ? undefined : pointsAt(state, cursor.x).find(({ line }) => line.id === cursor.line)
    if (point !== undefined) {
      this.controller.send({ type: "hover", run: point.line.run })
      this.#said = spoken(state, point)
      this.requestUpdate()
    } else if (cursor === null) this.controller.send({ type: "hover", run: null })
    this.#publish()
  }

  readonly #tableKey = (event: KeyboardEvent): void => {
    if (event.key !== "t" && event.key !== "Escape") return
    event.preventDefault()
    event.stopPropagation()
    void this.#toggleTable()
  }

  async #toggleTable(): Promise<void> {
    this.table = !this.table
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(this.table ? ".table" : ".plot")?.focus()
  }

  readonly #blurred = (): void => {
    if (this.controller.getSnapshot().cursor !== null) this.#pointer?.leave()
  }
}
