/** `/{entity}/{project}/compare?runs=…`: chosen runs, their charts and what they differ in. */
import "@wanllmdb/ui-kit/define/chart-grid"
import "@wanllmdb/ui-kit/define/compare"
import type { RunJson } from "@wanllmdb/core/client"
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { type ChartView, readChartView, writeChartView } from "../chartQuery.ts"
import { pathOf } from "../routes.ts"
import { AppPage } from "./AppPage.ts"

class ComparePage extends AppPage {
  static override properties = {
    ...AppPage.properties,
    entity: {},
    project: {},
    runs: { attribute: false },
    loaded: { state: true }
  }

  declare entity: string
  declare project: string
  declare runs: ReadonlyArray<string>
  declare protected loaded: ReadonlyArray<RunJson>

  constructor() {
    super()
    this.runs = []
    this.loaded = []
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("runs") && changed.get("runs")?.join() !== this.runs.join()) this.loaded = []
  }

  protected override render(): TemplateResult {
    const inProject = this.runs.map((run) => `${this.entity}:${this.project}:${run}`)
    const shown = this.loaded.map(({ id, name, slug, state }) => ({
      id,
      name: name === "" ? slug : name,
      live: state === "running"
    }))
    const { x, yScale, smooth, filter } = readChartView(this.router)
    const back = pathOf({ kind: "project", entity: this.entity, project: this.project })
    if (this.runs.length === 0) {
      return html`<div class="frame"><div class="card message"><span class="strong">No run is chosen</span>
        <span>Select runs in the table of the project, then press Compare.</span>
        <a class="button" href=${this.router.address(back)}>Open the runs</a></div></div>`
    }
    return html`<div class="frame">
      <wl-compare .runs=${inProject} @wl-compare-ready=${(
        event: CustomEvent<{ readonly runs: ReadonlyArray<RunJson> }>
      ) => {
        this.loaded = event.detail.runs
      }}>${
        shown.length === 0
          ? nothing
          : html`<wl-chart-grid slot="charts" .project=${`${this.entity}:${this.project}`} .runs=${shown} .x=${x} .yScale=${yScale} .smooth=${smooth} .filter=${filter}
              @wl-state-change=${(event: CustomEvent<ChartView>) => writeChartView(this.router, event.detail)}></wl-chart-grid>`
      }</wl-compare>
    </div>`
  }
}

if (customElements.get("app-compare") === undefined) customElements.define("app-compare", ComparePage)
