/** What there is to know about a run at a glance: leading chart, summary, config, environment, notes and the last lines of its log. */
import type { RunJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { WlElement } from "../base/WlElement.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { configRows } from "./configRows.ts"
import { environmentRows } from "./environmentRows.ts"
import { RunOverviewController, type RunOverviewEvent, type RunOverviewState } from "./RunOverviewController.ts"
import { leadingKey, type SummaryRow, summaryRows } from "./summaryRows.ts"

const shownAtFirst = 12

/**
 * @slot lead - In place of the leading chart.
 * @slot logs - The card of the log.
 * @csspart card - Each card.
 */
export class WlRunOverview extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      .cards { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; }
      .lead { grid-column: span 2; min-height: 236px; }
      .card > h2 { display: flex; align-items: baseline; gap: 6px; margin-bottom: 4px; font-size: 12px; line-height: 18px; font-weight: 550; }
      .card > h2 .t3 { font-weight: 400; }
      .lead { display: flex; flex-direction: column; } wl-line-chart { flex: 1 1 auto; height: auto; min-height: 220px; }
      table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 18px; table-layout: fixed; }
      th { height: 28px; padding: 0 8px; border-bottom: 1px solid var(--wl-line); color: var(--wl-text-3); font-size: 11px; line-height: 16px; font-weight: 400; text-align: left; }
      td { height: 30px; padding: 0 8px; border-bottom: 1px solid var(--wl-line); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      tr:last-child td { border-bottom: 0; }
      th:first-child, td:first-child { padding-left: 0; width: 46%; }
      th:last-child, td:last-child { padding-right: 0; }
      .number { text-align: right; }
      dl { display: grid; grid-template-columns: minmax(80px, 112px) minmax(0, 1fr); gap: 4px 12px; margin: 4px 0; font-size: 12px; line-height: 18px; }
      dt { color: var(--wl-text-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      dd { overflow-wrap: anywhere; }
      dd a { text-decoration: underline; text-decoration-color: var(--wl-line-strong); text-underline-offset: 2px; }
      dd .mono { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
      dd.with-tag { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: baseline; }
      .config { grid-template-columns: minmax(80px, 40%) minmax(0, 1fr); }
      .more { margin-top: 4px; }
      .notes p { white-space: pre-wrap; overflow-wrap: anywhere; }
      textarea { width: 100%; min-height: 88px; padding: 8px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); resize: vertical; }
      .actions { display: flex; gap: 8px; margin-top: 8px; }
      .quietly { padding: 12px 0; color: var(--wl-text-3); font-size: 12px; }
      @media (max-width: 1000px) { .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
      @media (max-width: 700px) { .cards { grid-template-columns: minmax(0, 1fr); } .lead { grid-column: auto; } }
    `
  ]

  static override properties = {
    ...WlElement.properties,
    run: {},
    baseline: {},
    controller: { attribute: false },
    all: { state: true },
    editing: { state: true }
  }

  /** Id or `entity:project:slug`. */
  declare run: string | null
  /** Another run whose config this one's is compared with. */
  declare baseline: string | null
  /** The logic; made from `run` unless the host gives one. */
  declare controller: RunOverviewController | null
  declare protected all: ReadonlySet<string>
  declare protected editing: boolean
  #own: RunOverviewController | null = null
  #made: ReadonlyArray<unknown> = []
  readonly #observer = new StoreObserver<RunOverviewState, RunOverviewEvent>(this)

  constructor() {
    super()
    this.run = null
    this.baseline = null
    this.controller = null
    this.all = new Set()
    this.editing = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#own?.dispose()
    this.#own = null
    this.#made = []
  }

  protected override willUpdate(): void {
    const made = [this.source, this.run, this.baseline, this.controller]
    if (made.some((part, at) => part !== this.#made[at])) {
      this.#made = made
      this.#own?.dispose()
      const client = this.source
      this.#own =
        this.controller !== null || client === null || this.run === null
          ? null
          : new RunOverviewController({ client, run: this.run, baseline: this.baseline })
    }
    this.#observer.observe(this.controller ?? this.#own)
  }

  protected override render(): TemplateResult {
    const state = this.#observer.store?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") return errorMessage(state.error, () => this.#observer.store?.send({ type: "reload" }))
    const { run } = state
    return html`<div class="cards" aria-busy=${run === null}>
      <slot name="lead">${this.#lead(state)}</slot>
      ${this.#card("Summary", null, run === null ? nothing : this.#summary(summaryRows(run, state.keys)))}
      ${this.#config(state)}
      ${this.#card("Environment", null, run === null ? nothing : this.#environment(run))}
      <slot name="logs"></slot>
      ${run === null ? nothing : this.#notes(run)}
    </div>`
  }

  #card(title: string, note: string | null, body: unknown): TemplateResult {
    return html`<section class="card ${title.toLowerCase()}" part="card"><h2>${title}${note === null ? nothing : html`<span class="t3">${note}</span>`}</h2>${body}</section>`
  }

  #lead({ run, keys }: RunOverviewState): TemplateResult {
    const key = leadingKey(keys)
    if (run === null || key === null)
      return html`<section class="card lead" part="card"><h2>Metrics</h2>${run === null ? nothing : html`<p class="quietly">No metric is logged yet.</p>`}</section>`
    const runs = [{ id: run.id, name: run.name === "" ? run.slug : run.name, live: run.state === "running" }]
    return html`<section class="card lead" part="card"><wl-line-chart .client=${this.client} .project=${run.project} .runs=${runs} .keys=${[key]}></wl-line-chart></section>`
  }

  #summary(rows: ReadonlyArray<SummaryRow>): TemplateResult {
    if (rows.length === 0) return html`<p class="quietly">Values appear with the first point.</p>`
    const shown = this.all.has("summary") ? rows : rows.slice(0, shownAtFirst)
    const text = (value: number | string | null): string => {
      if (value === null) return ""
      const number =
        typeof value === "number"
          ? value
          : value === "NaN" || value === "Infinity" || value === "-Infinity"
            ? Number(value)
            : null
      return number === null ? String(value) : formatNumber(number)
    }
    return html`<table><thead><tr><th scope="col">Key</th><th scope="col" class="number">Last</th><th scope="col" class="number">Best</th></tr></thead>
      <tbody>${shown.map(
        ({
          key,
          last,
          best,
          bestStep
        }) => html`<tr><td title=${key}>${key}</td><td class="number" title=${String(last ?? "")}>${text(last)}</td>
          <td class="number" title=${bestStep === null ? nothing : `at step ${bestStep.toLocaleString("en-US")}`}>${text(best)}</td></tr>`
      )}</tbody></table>${this.#more("summary", rows.length)}`
  }

  #config({ run, baseline }: RunOverviewState): TemplateResult {
    if (run === null) return this.#card("Config", null, nothing)
    const rows = configRows(run.config, baseline?.config ?? null)
    const differing = rows.filter(({ was }) => was !== undefined).length
    const note = `${rows.length} ${rows.length === 1 ? "key" : "keys"}${baseline === null ? "" : `, ${differing} differ from ${baseline.name}`}`
    const shown = this.all.has("config") ? rows : rows.slice(0, shownAtFirst)
    const body = html`<dl class="config">${shown.map(
      ({ key, value, was }) =>
        html`<dt title=${key}>${key}</dt><dd class="with-tag"><span class="mono" title=${value ?? ""}>${value ?? "–"}</span>${
          was === undefined ? nothing : html`<span class="tag">${was === null ? "new" : `was ${was}`}</span>`
        }</dd>`
    )}</dl>${this.#more("config", rows.length)}`
    return this.#card("Config", note, rows.length === 0 ? html`<p class="quietly">No config was given.</p>` : body)
  }

  #environment(run: RunJson): TemplateResult {
    return html`<dl>${environmentRows(run).map(({ name, value, mono, tag, href }) => {
      const text = html`<span class=${mono === true ? "mono" : ""} title=${value}>${value}</span>`
      return html`<dt>${name}</dt><dd class="with-tag">${href === undefined ? text : html`<a href=${href} rel="noopener noreferrer nofollow" target="_blank">${text}</a>`}
        ${tag === undefined ? nothing : html`<span class="tag">${tag}</span>`}</dd>`
    })}</dl>`
  }

  #notes(run: RunJson): TemplateResult {
    const edit = (editing: boolean) => () => {
      this.editing = editing
    }
    if (this.editing) {
      return html`<section class="card notes" part="card"><h2>Notes</h2><textarea aria-label="Notes" .value=${run.notes}></textarea>
        <div class="actions"><button class="button primary" @click=${this.#save}>Save</button><button class="button" @click=${edit(false)}>Cancel</button></div></section>`
    }
    return html`<section class="card notes" part="card"><h2>Notes<span class="grow"></span><button class="button quiet" @click=${edit(true)}>Edit</button></h2>
      ${run.notes === "" ? html`<p class="quietly">What this run tries, and what came of it.</p>` : html`<p>${run.notes}</p>`}</section>`
  }

  readonly #save = (): void => {
    const notes = this.renderRoot.querySelector("textarea")!.value
    this.editing = false
    const detail = { action: "edit", runs: [this.#observer.store?.getSnapshot().run?.id] }
    if (this.emit("wl-action", detail, true)) this.#observer.store?.send({ type: "edit", notes })
  }

  #more(name: string, count: number): TemplateResult | typeof nothing {
    if (count <= shownAtFirst) return nothing
    const open = this.all.has(name)
    return html`<button class="button quiet more" aria-expanded=${open} @click=${() => {
      const next = new Set(this.all)
      if (!next.delete(name)) next.add(name)
      this.all = next
    }}>${open ? "Show fewer" : `Show all ${count}`}</button>`
  }
}
