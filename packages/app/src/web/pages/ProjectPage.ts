/** `/{entity}/{project}`: the table of runs beside the charts of those that are shown. */
import "@wanllmdb/ui-kit/define/chart-grid"
import "@wanllmdb/ui-kit/define/run-table"
import type { ProjectJson } from "@wanllmdb/core/client"
import type { RunRow } from "@wanllmdb/ui-kit/controllers"
import type { WlRunTable } from "@wanllmdb/ui-kit/elements"
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { type ChartView, readChartView, writeChartView } from "../chartQuery.ts"
import { keepWidths, readWidths } from "../columnWidths.ts"
import { pathOf } from "../routes.ts"
import { AppPage } from "./AppPage.ts"

class ProjectPage extends AppPage {
  static override properties = {
    ...AppPage.properties,
    entity: {},
    project: {},
    view: {},
    shown: { state: true },
    total: { state: true }
  }

  declare entity: string
  declare project: string
  /** `table`, `charts` or `settings`; null for both beside each other. */
  declare view: string | null
  declare protected shown: ReadonlyArray<RunRow>
  /** Null until the first answer. */
  declare protected total: number | null
  #counted = 0

  constructor() {
    super()
    this.view = null
    this.shown = []
    this.total = null
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("project") || changed.has("entity")) {
      this.shown = []
      this.total = null
    }
  }

  protected override render(): TemplateResult {
    const path = `${this.entity}:${this.project}`
    const list = (name: string) => this.router.query(name)?.split(",") ?? null
    const { view } = this
    if (view === "settings") return html`${this.#tabs(view)}${this.#settings(path)}`
    const charts = view === "table" ? nothing : this.#charts(path)
    return html`${this.#tabs(view)}<div class="split ${view ?? ""} ${this.total === 0 ? "empty" : ""}">${this.#table(path, list)}${charts}</div>`
  }

  #settings(path: string): TemplateResult {
    void import("@wanllmdb/ui-kit/define/project-form")
    return html`<div class="page"><h1 class="xl strong">Project settings</h1><wl-project-form .project=${path} @wl-project-saved=${this.#saved}></wl-project-form></div>`
  }

  /** A project with a new name in its address moves there; a deleted one leaves to the list. */
  readonly #saved = ({ detail }: CustomEvent<{ readonly project: ProjectJson }>): void => {
    const { entity, slug, deletedAt } = detail.project
    if (deletedAt !== null) this.router.go("./")
    else if (slug !== this.project)
      this.router.go(`${pathOf({ kind: "project", entity, project: slug })}?view=settings`)
  }

  #tabs(view: string | null): TemplateResult {
    const base = pathOf({ kind: "project", entity: this.entity, project: this.project })
    const tab = (name: string | null, title: string) =>
      html`<a href=${this.router.address(name === null ? base : `${base}?view=${name}`)} aria-current=${name === view ? "page" : nothing}>${title}</a>`
    return html`<nav aria-label="Views of the project">${tab(null, "Runs")}${tab("table", "Table")}${tab("charts", "Charts")}${tab("settings", "Settings")}</nav>`
  }

  #table(path: string, list: (name: string) => ReadonlyArray<string> | null): TemplateResult {
    return html`<section class="side" aria-label="Runs" .style=${`--rows: ${this.total ?? 12}`}>
      <wl-run-table .project=${path} .filter=${this.router.query("filter") ?? ""} .sort=${this.router.query("sort") ?? "-created"}
        .columns=${list("columns")} .group=${this.router.query("group")} .widths=${readWidths(path)} .shown=${this.router.query("shown") === "none" ? [] : list("shown")} @wl-visibility-change=${this.#visible} @wl-state-change=${this.#changed}></wl-run-table>
    </section>`
  }

  #charts(path: string): TemplateResult {
    const runs = this.shown.map(({ id, name, slug, state }) => ({
      id,
      name: name === "" ? slug : name,
      live: state === "running"
    }))
    if (this.total === 0) {
      void import("@wanllmdb/ui-kit/define/empty-guide")
      return html`<section class="panels" aria-label="First run"><wl-empty-guide .server=${this.router.address("./").replace(/\/$/, "")} .entity=${this.entity} .project=${this.project}></wl-empty-guide></section>`
    }
    const { x, yScale, smooth, filter } = readChartView(this.router)
    return html`<section class="panels" aria-label="Charts">
      <wl-chart-grid .project=${path} .runs=${runs} .x=${x} .yScale=${yScale} .smooth=${smooth} .filter=${filter}
        @wl-state-change=${(event: CustomEvent<ChartView>) => writeChartView(this.router, event.detail)}></wl-chart-grid>
    </section>`
  }

  protected override keyPressed(key: string): void {
    if (key === "/") this.renderRoot.querySelector<WlRunTable>("wl-run-table")?.focusFilter()
  }

  readonly #visible = (event: CustomEvent<{ readonly runs: ReadonlyArray<RunRow> }>): void => {
    const table = event.target as WlRunTable
    const state = table.controller?.getSnapshot()
    if (state === undefined || state.status === "loading") return
    this.total =
      state.status === "ready" && state.filter === "" && !state.deleted ? state.rows.total : (this.total ?? 1)
    const { runs } = event.detail
    const same =
      runs.length === this.shown.length &&
      runs.every(({ id, name, state: is }, at) => {
        const old = this.shown[at]!
        return old.id === id && old.name === name && old.state === is
      })
    if (!same) this.shown = runs
    void this.#countRunning()
  }

  async #countRunning(): Promise<void> {
    if (this.client === null || Date.now() - this.#counted < 2000) return
    this.#counted = Date.now()
    const page = await this.client.runs
      .search(`${this.entity}:${this.project}`, { filter: "state:running", limit: 1 })
      .catch(() => null)
    if (page !== null && this.isConnected) this.tell("page-running", page.total)
  }

  readonly #changed = (
    event: CustomEvent<{
      filter: string
      sort: string
      columns: ReadonlyArray<string>
      shown: ReadonlyArray<string> | null
      group: string | null
      widths: Readonly<Record<string, number>>
    }>
  ): void => {
    if (!(event.target instanceof HTMLElement) || event.target.localName !== "wl-run-table") return
    const { filter, sort, columns, shown, group, widths } = event.detail
    keepWidths(`${this.entity}:${this.project}`, widths)
    const picked = (event.target as WlRunTable).controller?.columnsByHand === true
    this.router.setQuery({
      filter,
      sort: sort === "-created" ? null : sort,
      columns: picked ? columns.join(",") : null,
      group,
      // None at all is said by a word, since an empty parameter is left out.
      shown: shown === null ? null : shown.length === 0 ? "none" : shown.join(",")
    })
  }
}

if (customElements.get("app-project") === undefined) customElements.define("app-project", ProjectPage)
