/** `/{entity}/{project}/compare?runs=…`: chosen runs, their charts and what they differ in. */
import "@wanllmdb/ui-kit/define/chart-grid"
import "@wanllmdb/ui-kit/define/compare"
import type { RunJson } from "@wanllmdb/core/client"
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { type ChartView, readChartView, writeChartView } from "../chartQuery.ts"
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
    return html`<div class="frame">
      <wl-compare .runs=${inProject} @wl-compare-ready=${(
        event: CustomEvent<{ readonly runs: ReadonlyArray<RunJson> }>
      ) => {
        this.loaded = event.detail.runs
      }}></wl-compare>
      ${
        shown.length === 0
          ? nothing
          : html`<wl-chart-grid .project=${`${this.entity}:${this.project}`} .runs=${shown} .x=${x} .yScale=${yScale} .smooth=${smooth} .filter=${filter}
              @wl-state-change=${(event: CustomEvent<ChartView>) => writeChartView(this.router, event.detail)}></wl-chart-grid>`
      }
    </div>`
  }
}

if (customElements.get("app-compare") === undefined) customElements.define("app-compare", ComparePage)
