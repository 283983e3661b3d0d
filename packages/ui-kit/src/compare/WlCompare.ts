/** Selected runs beside each other: charts that the host puts first, then what configs, results and environments differ in. */
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { splitMiddle } from "../base/splitMiddle.ts"
import { WlElement } from "../base/WlElement.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { stateWord } from "../run-table/stateWord.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { CompareController, type CompareEvent, type CompareSection, type CompareState } from "./CompareController.ts"

/**
 * @fires wl-compare-ready - The runs are loaded. Detail: `{ runs }`.
 * @slot charts - Charts of the runs, above the tables.
 * @csspart section - Each table.
 */
export class WlCompare extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      .bar { display: flex; align-items: center; gap: 16px; margin-bottom: 8px; }
      .bar label { display: flex; align-items: center; gap: 6px; font-size: 12px; }
      .bar input { margin: 0; accent-color: var(--wl-accent); }
      .frame { overflow-x: auto; padding: 0; margin-bottom: 12px; }
      table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 12px; line-height: 18px; }
      th, td { max-width: 260px; padding: 0 12px; text-align: left; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; border-bottom: 1px solid var(--wl-line); }
      tbody tr:last-child > * { border-bottom: 0; }
      thead th { height: 36px; font-weight: 550; }
      thead th:first-child { color: var(--wl-text-3); font-size: 11px; font-weight: 400; }
      tbody th { height: 30px; font-weight: 400; color: var(--wl-text-2); }
      td { height: 30px; }
      th:first-child { position: sticky; left: 0; width: 220px; background: var(--wl-surface); } @media (max-width: 700px) { th:first-child { width: 140px; } }
      td.number, th.number { text-align: right; }
      tr.same td { color: var(--wl-text-3); }
      .middle { align-items: center; justify-content: flex-end; }
      .middle > span:nth-child(2) { flex: 0 1 auto; overflow: hidden; text-overflow: ellipsis; }
      .middle > span:nth-child(3) { flex: none; }
      .square { flex: none; margin-right: 8px; }
      th a:hover { text-decoration: underline; text-underline-offset: 2px; }
      ::slotted([slot="charts"]) { margin-bottom: 24px; }
      summary { padding: 8px 2px; color: var(--wl-text-2); font-size: 12px; line-height: 18px; cursor: pointer; }
      summary:hover { color: var(--wl-text); }
    `
  ]
  static override properties = { ...WlElement.properties, runs: { attribute: false } }

  /** Ids or `entity:project:slug`. */
  declare runs: ReadonlyArray<string>
  #controller: CompareController | null = null
  #made = ""
  #madeFor: unknown = null
  #told = false
  readonly #observer = new StoreObserver<CompareState, CompareEvent>(this)

  constructor() {
    super()
    this.runs = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#madeFor = null
  }

  protected override willUpdate(): void {
    const made = this.runs.join("\n")
    const client = this.source
    if (made === this.#made && client === this.#madeFor) return
    this.#made = made
    this.#madeFor = client
    this.#told = false
    this.#controller?.dispose()
    this.#controller = client === null ? null : new CompareController(client, this.runs)
    this.#observer.observe(this.#controller)
  }

  protected override updated(): void {
    const state = this.#controller?.getSnapshot()
    if (state?.status !== "ready" || this.#told) return
    this.#told = true
    this.emit("wl-compare-ready", { runs: state.runs })
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    if (this.runs.length === 0)
      return html`<div class="card message">No run is chosen. Select runs in the table and press Compare.</div>`
    return html`<slot name="charts"></slot>
      <div class="bar"><h2 class="strong">Differences</h2><label><input type="checkbox" .checked=${state.onlyDifferences} @change=${(event: Event) => this.#controller?.send({ type: "onlyDifferences", on: (event.target as HTMLInputElement).checked })}>Only differences</label></div>
      ${state.sections.map((section) => this.#section(section, state))}`
  }

  #section(section: CompareSection, state: CompareState): TemplateResult | typeof nothing {
    if (section.rows.length === 0) return nothing
    return section.folded
      ? html`<details><summary>${section.title} <span class="t3">${section.rows.length}</span></summary>${this.#table(section, state)}</details>`
      : this.#table(section, state)
  }

  #table({ title, rows }: CompareSection, { runs, onlyDifferences }: CompareState): TemplateResult {
    const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows
    const same = rows.length - shown.length
    const note = same === 0 ? "" : ` ${same} alike`
    return html`<div class="card frame" part="section" tabindex="0" role="region" aria-label=${title}><table .style=${`min-width: ${140 + runs.length * 140}px`}>
      <thead><tr><th scope="col">${title}<span class="t3">${note}</span></th>${runs.map((run) => {
        const href =
          this.provider?.hrefFor({ kind: "run", entity: run.entity, project: run.projectSlug, run: run.slug }) ??
          nothing
        const colour = this.provider?.colours.colourOf(run.id) ?? "var(--wl-s1)"
        return html`<th scope="col" class="number" title=${`${run.name}, ${stateWord(run.state)}`}><a class="middle" href=${href}><span class="square" .style=${`background: ${colour}`}></span>${splitMiddle(run.name === "" ? run.slug : run.name).map((part) => html`<span>${part}</span>`)}</a></th>`
      })}</tr></thead>
      <tbody>${shown.map(
        ({ key, cells, differs }) =>
          html`<tr class=${differs ? "" : "same"}><th scope="row" title=${key}>${key}</th>${cells.map(
            (cell) =>
              html`<td class="number" title=${cell === null ? "" : String(cell)}>${cell === null ? "–" : typeof cell === "number" ? (title === "Config" ? String(cell) : formatNumber(cell)) : cell}</td>`
          )}</tr>`
      )}${shown.length === 0 ? html`<tr><td class="t3" colspan=${runs.length + 1}>The runs are alike here.</td></tr>` : nothing}</tbody></table></div>`
  }
}
