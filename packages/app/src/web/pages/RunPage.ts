/** `/{entity}/{project}/runs/{run}`: one run by tabs: overview, charts, logs, system, files. */
import "@wanllmdb/ui-kit/define/log-viewer"
import "@wanllmdb/ui-kit/define/run-overview"
import { RunOverviewController, type RunOverviewEvent, type RunOverviewState } from "@wanllmdb/ui-kit/controllers"
import type { WlLogViewer } from "@wanllmdb/ui-kit/elements"
import { StoreObserver } from "@wanllmdb/ui-kit/store"
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { type ChartView, readChartView, writeChartView } from "../chartQuery.ts"
import { pathOf, type RunTab, runTabs } from "../routes.ts"
import { AppPage } from "./AppPage.ts"

const titles: Readonly<Record<RunTab, string>> = {
  overview: "Overview",
  charts: "Charts",
  logs: "Logs",
  system: "System",
  files: "Files"
}

const tabCode: Readonly<Record<RunTab, () => Promise<unknown>>> = {
  overview: async () => undefined,
  logs: async () => undefined,
  charts: () => import("@wanllmdb/ui-kit/define/chart-grid"),
  system: () => import("@wanllmdb/ui-kit/define/system-metrics"),
  files: () => import("@wanllmdb/ui-kit/define/file-browser")
}

class RunPage extends AppPage {
  static override styles = [
    ...AppPage.styles,
    css`
      .body { flex: 1 1 auto; min-height: 0; padding: 12px 16px 24px; }
      .body.logs { display: flex; min-height: 0; padding: 0; }
      .body.logs wl-log-viewer { flex: 1; min-width: 0; }
      .log-card { display: flex; flex-direction: column; min-height: 200px; padding: 8px 0 6px; overflow: hidden; }
      .log-card h2 { padding: 0 10px; font-size: 12px; line-height: 18px; font-weight: 550; }
      .log-card a { font-weight: 400; }
      .log-card wl-log-viewer { flex: 1; height: 170px; margin-top: 4px; padding-left: 10px; }
    `
  ]
  static override properties = { ...AppPage.properties, entity: {}, project: {}, run: {}, tab: {} }

  declare entity: string
  declare project: string
  declare run: string
  declare tab: RunTab
  #controller: RunOverviewController | null = null
  #made: ReadonlyArray<unknown> = []
  readonly #observer = new StoreObserver<RunOverviewState, RunOverviewEvent>(this)

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#made = []
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("tab")) void tabCode[this.tab]()
    this.toggleAttribute("filled", this.tab === "logs")
    const baseline = this.router.query("baseline")
    const made = [this.client, this.entity, this.project, this.run, baseline]
    if (made.every((part, at) => part === this.#made[at])) return
    this.#made = made
    this.#controller?.dispose()
    const { client, entity, project, run } = this
    const inProject = (slug: string) => `${entity}:${project}:${slug}`
    this.#controller =
      client === null
        ? null
        : new RunOverviewController({
            client,
            run: inProject(run),
            baseline: baseline === null ? null : inProject(baseline)
          })
    this.#observer.observe(this.#controller)
  }

  protected override updated(): void {
    const name = this.#controller?.getSnapshot().run?.name
    if (name !== undefined) this.tell("page-heading", name === "" ? this.run : name)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") {
      return html`<div class="page"><wl-run-overview .controller=${this.#controller}></wl-run-overview></div>`
    }
    const { entity, project, run } = this
    return html`<wl-run-header .controller=${this.#controller}></wl-run-header>
      <nav aria-label="Parts of the run">${runTabs.map(
        (tab) =>
          html`<a href=${this.router.address(pathOf({ kind: "run", entity, project, run, tab }))} aria-current=${tab === this.tab ? "page" : nothing}>${titles[tab]}</a>`
      )}</nav>
      <div class="body ${this.tab}">${state.run === null ? nothing : this.#body(state.run)}</div>`
  }

  #body(run: NonNullable<RunOverviewState["run"]>): TemplateResult {
    const shown = { id: run.id, name: run.name === "" ? run.slug : run.name, live: run.state === "running" }
    switch (this.tab) {
      case "charts": {
        const { x, yScale, smooth, filter } = readChartView(this.router)
        return html`<wl-chart-grid .project=${run.project} .runs=${[shown]} .x=${x} .yScale=${yScale} .smooth=${smooth} .filter=${filter}
          @wl-state-change=${(event: CustomEvent<ChartView>) => writeChartView(this.router, event.detail)}></wl-chart-grid>`
      }
      case "logs": {
        const line = /^#L(\d+)$/.exec(location.hash)?.[1]
        return html`<wl-log-viewer .run=${run.id} .line=${line === undefined ? null : Number(line) - 1} @wl-line-click=${this.#lineClicked}></wl-log-viewer>`
      }
      case "system":
        return html`<wl-system-metrics .project=${run.project} .run=${shown}></wl-system-metrics>`
      case "files":
        return html`<wl-file-browser .run=${run.id}></wl-file-browser>`
      default:
        return html`<wl-run-overview .controller=${this.#controller}>${this.#logCard(run.id)}</wl-run-overview>`
    }
  }

  #logCard(id: string): TemplateResult {
    const { entity, project, run } = this
    return html`<section class="card log-card" slot="logs"><h2>Logs <a class="t3" href=${this.router.address(pathOf({ kind: "run", entity, project, run, tab: "logs" }))}>open</a></h2>
      <wl-log-viewer compact .run=${id}></wl-log-viewer></section>`
  }

  readonly #lineClicked = (event: CustomEvent<{ readonly index: number }>): void => {
    event.preventDefault()
    history.replaceState(history.state, "", `${location.pathname}${location.search}#L${event.detail.index + 1}`)
  }

  protected override keyPressed(key: string): void {
    if (key === "/") this.renderRoot.querySelector<WlLogViewer>("wl-log-viewer:not([compact])")?.focusFilter()
    else void this.#neighbour(key === "]" ? 1 : -1)
  }

  /** The next (older) or previous run by creation. */
  async #neighbour(direction: 1 | -1): Promise<void> {
    const run = this.#controller?.getSnapshot().run
    if (run === null || run === undefined || this.client === null) return
    const older = direction === 1
    const filter = { field: "created", op: older ? ("<" as const) : (">" as const), value: run.createdAt }
    const page = await this.client.runs
      .search(run.project, { filter, sort: older ? "-created" : "created", limit: 1 })
      .catch(() => null)
    const next = page?.items[0]
    if (next !== undefined)
      this.router.go(pathOf({ kind: "run", entity: this.entity, project: this.project, run: next.slug, tab: this.tab }))
  }
}

if (customElements.get("app-run") === undefined) customElements.define("app-run", RunPage)
