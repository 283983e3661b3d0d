/** Charts of everything that a set of runs logs, in sections, made by themselves and drawn only near the viewport. */
import type { XAxis } from "@wanllmdb/core/metric"
import { html, nothing, type PropertyValues } from "lit"
import { guard } from "lit/directives/guard.js"
import { repeat } from "lit/directives/repeat.js"
import { baseStyles } from "../base/baseStyles.ts"
import { WlElement } from "../base/WlElement.ts"
import { chartRenderer } from "../chart/ChartRenderer.ts"
import { define } from "../define/define.ts"
import type { ChartRun } from "../line-chart/ChartState.ts"
import { readScale, readSmoothingKind, readXAxis } from "../line-chart/lineChartProperties.ts"
import { WlLineChart } from "../line-chart/WlLineChart.ts"
import type { Domain, ScaleKind } from "../scale/Scale.ts"
import type { SmoothingKind } from "../smooth/Smoothing.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { ChartGridController, type GridEvent, type GridState } from "./ChartGridController.ts"
import { chartControls } from "./chartControls.ts"
import { chartGridStyles } from "./chartGridStyles.ts"
import { type GridChart, type GridSection, keySections } from "./keySections.ts"
import { Visible } from "./Visible.ts"

let grids = 0

/**
 * @slot toolbar - Before the controls of the grid.
 * @slot empty - Instead of the words of an empty grid.
 * @csspart toolbar - Filter and shared controls.
 * @csspart section - A section's title.
 * @csspart cell - The card of one chart.
 * @fires wl-range-change - `{ x, y }`: the x-range that all charts show; null for everything.
 * @fires wl-state-change - `{ x, yScale, smooth, smoothing, filter }`: what the controls say, to be kept in an address or a view.
 */
export class WlChartGrid extends WlElement {
  static override styles = [baseStyles, chartGridStyles]
  static override properties = {
    ...WlElement.properties,
    project: {},
    runs: { attribute: false },
    keys: { attribute: false },
    prefix: {},
    arrange: { attribute: false },
    x: { converter: { fromAttribute: readXAxis } },
    yScale: {
      attribute: "y-scale",
      converter: { fromAttribute: (text: string | null) => readScale(text) ?? "linear" }
    },
    smooth: { type: Number },
    smoothing: { converter: { fromAttribute: readSmoothingKind } },
    filter: {},
    noChrome: { type: Boolean, attribute: "no-chrome" },
    menu: { state: true },
    full: { state: true }
  }

  /** Project of the runs: an id or `entity:slug`. */
  declare project: string | null
  declare runs: ReadonlyArray<ChartRun>
  /** Default null: the numeric keys that the runs log. */
  declare keys: ReadonlyArray<string> | null
  /** Only keys that begin so, such as `system/`. */
  declare prefix: string
  /** How keys become sections of charts. */
  declare arrange: (keys: ReadonlyArray<string>) => ReadonlyArray<GridSection>
  declare x: XAxis
  declare yScale: ScaleKind
  declare smooth: number
  declare smoothing: SmoothingKind
  declare filter: string
  /** Without the line of controls. */
  declare noChrome: boolean
  declare menu: boolean
  declare full: GridChart | null

  readonly controller = new ChartGridController()
  readonly #observer = new StoreObserver<GridState, GridEvent>(this)
  readonly #visible = new Visible(() => this.requestUpdate())
  readonly #group = `wl-chart-grid-${++grids}`
  #sourceKey = ""

  constructor() {
    super()
    define("wl-line-chart", WlLineChart)
    this.project = null
    this.runs = []
    this.keys = null
    this.prefix = ""
    this.arrange = keySections
    this.x = "step"
    this.yScale = "linear"
    this.smooth = 0
    this.smoothing = "twema"
    this.filter = ""
    this.noChrome = false
    this.menu = false
    this.full = null
    this.#observer.observe(this.controller)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // The worker loads while the keys are listed.
    chartRenderer(this.provider?.workerUrl ?? null)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#visible.disconnect()
    this.#sourceKey = ""
    this.controller.send({ type: "source", source: null })
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { controller, project, runs, keys, prefix, x, yScale, smooth, smoothing } = this
    if (changed.has("arrange")) controller.send({ type: "arrange", arrange: this.arrange })
    if (["x", "yScale", "smooth", "smoothing"].some((name) => changed.has(name))) {
      controller.send({ type: "options", options: { x, yScale, smooth, smoothing } })
    }
    if (changed.has("filter")) controller.send({ type: "filter", filter: this.filter })
    const client = this.source
    const key =
      client === null || project === null
        ? ""
        : JSON.stringify([project, runs.map((run) => [run.id, run.live]), keys, prefix])
    if (key === this.#sourceKey && !changed.has("client")) return
    this.#sourceKey = key
    controller.send({
      type: "source",
      source: client === null || project === null ? null : { client, project, runs, keys, prefix }
    })
  }

  protected override updated(changed: PropertyValues): void {
    this.#visible.observe(this.renderRoot.querySelectorAll(".cell"), (cell) => (cell as HTMLElement).dataset.key ?? "")
    const dialog = this.renderRoot.querySelector("dialog")
    if (changed.has("full") && dialog !== null && !dialog.open) dialog.showModal()
  }

  protected override render() {
    const state = this.controller.getSnapshot()
    return html`
      ${
        this.noChrome
          ? nothing
          : chartControls({
              state,
              send: this.#send,
              open: this.menu,
              toggle: () => {
                this.menu = !this.menu
              }
            })
      }
      ${this.#body(state)}
      ${
        this.full === null
          ? nothing
          : html`<dialog aria-label=${this.full.title} @close=${() => {
              this.full = null
            }}>
              ${this.#chart(this.full, state, true)}
            </dialog>`
      }
    `
  }

  #body(state: GridState) {
    if (state.status === "loading") {
      return html`<div class="grid" aria-busy="true">${Array.from({ length: 6 }, () => html`<div class="card skeleton"><span></span></div>`)}</div>`
    }
    if (state.status === "error") {
      return html`<div class="message" role="alert">
        <span class="strong">The metrics of these runs could not be listed</span><span>${state.error}</span>
        <button class="button" @click=${() => this.controller.send({ type: "retry" })}>Retry</button>
      </div>`
    }
    if (state.status === "empty") {
      const text =
        this.runs.length === 0
          ? "No run is shown in charts. Click the square beside a run to show it."
          : "Nothing logged yet. Charts appear with the first values."
      return html`<slot name="empty"><div class="message">${text}</div></slot>`
    }
    if (state.sections.length === 0) return html`<div class="message">No chart matches “${state.filter}”.</div>`
    return repeat(
      state.sections,
      ({ name }) => name,
      (section) => this.#section(section, state)
    )
  }

  #section({ name, charts }: GridSection, state: GridState) {
    const open = !state.closed.has(name)
    return html`<section aria-label=${name}>
      <button class="section" part="section" aria-expanded=${open} @click=${() => this.controller.send({ type: "toggle-section", name })}>
        <span>${name}</span><span class="count">${charts.length}</span>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M3 4.5 6 7.5 9 4.5" fill="none" stroke="currentColor" stroke-width="1.5"></path></svg>
      </button>
      ${open ? html`<div class="grid">${repeat(charts, keyOf, (chart) => this.#cell(chart, state))}</div>` : nothing}
    </section>`
  }

  #cell(chart: GridChart, state: GridState) {
    const key = keyOf(chart)
    const built = this.#visible.has(key)
    // A grid renders anew whenever a few cells get their charts; the others stay as they are.
    const made = [
      chart,
      built,
      this.client,
      this.project,
      this.runs,
      this.provider,
      state.options,
      state.range,
      state.stepMetrics
    ]
    return html`<div class="card cell" part="cell" data-key=${key}>
      ${guard(made, () => (built ? this.#chart(chart, state, false) : html`<div class="frame clip">${chart.title}</div>`))}
    </div>`
  }

  #chart(chart: GridChart, state: GridState, large: boolean) {
    const { options, range, stepMetrics } = state
    const own = chart.keys.length === 1 ? stepMetrics.get(chart.keys[0]!) : undefined
    const x: XAxis = own !== undefined && options.x === "step" ? { metric: own } : options.x
    return html`<wl-line-chart
      .client=${this.client} .project=${this.project} .runs=${this.runs} .keys=${chart.keys} .label=${chart.title}
      .x=${x} .yScale=${options.yScale} .smooth=${options.smooth} .smoothing=${options.smoothing}
      .divisor=${chart.divisor ?? 1} .atLeast=${options.yScale === "linear" ? (chart.atLeast ?? null) : null}
      .range=${x === options.x ? range : null} .syncGroup=${this.provider === undefined ? this.#group : null}
      ?legend=${large} ?no-badge=${!large}
      @wl-range-change=${this.#ranged} @wl-full-screen=${(event: Event) => this.#expand(event, chart)}
    >${
      large
        ? html`<form method="dialog" slot="toolbar"><button class="button" autofocus>Close</button></form>`
        : html`<button slot="toolbar" class="expand" aria-label="Enlarge ${chart.title}" @click=${() => {
            this.full = chart
          }}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M7.5 1.5h3v3M4.5 10.5h-3v-3M10.5 1.5 7 5M1.5 10.5 5 7" fill="none" stroke="currentColor" stroke-width="1.2"></path></svg>
          </button>`
    }</wl-line-chart>`
  }

  #expand(event: Event, chart: GridChart): void {
    if (event.defaultPrevented) return
    this.full = this.full === null ? chart : null
  }

  readonly #send = (event: GridEvent): void => {
    this.controller.send(event)
    if (event.type === "range") this.emit("wl-range-change", { x: event.range, y: null })
    if (event.type !== "options" && event.type !== "filter") return
    const { options, filter } = this.controller.getSnapshot()
    this.emit("wl-state-change", { ...options, filter })
  }

  readonly #ranged = (event: CustomEvent<{ readonly x: Domain | null }>): void => {
    this.controller.send({ type: "range", range: event.detail.x })
  }
}

const keyOf = (chart: GridChart): string => chart.keys.join("\u0000")
