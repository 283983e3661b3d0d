/** What a run's machine did while it ran: processors, memory, disk, network and GPUs over time. */
import { html } from "lit"
import { baseStyles } from "../base/baseStyles.ts"
import { WlElement } from "../base/WlElement.ts"
import { WlChartGrid } from "../chart-grid/WlChartGrid.ts"
import { define } from "../define/define.ts"
import type { ChartRun } from "../line-chart/ChartState.ts"
import { systemSections } from "./systemSections.ts"

/**
 * @fires wl-range-change - `{ x, y }`: the x-range that all charts show.
 * @csspart grid - The grid of charts.
 */
export class WlSystemMetrics extends WlElement {
  static override styles = [baseStyles]
  static override properties = {
    ...WlElement.properties,
    project: {},
    run: { attribute: false },
    runs: { attribute: false },
    keys: { attribute: false },
    noChrome: { type: Boolean, attribute: "no-chrome" }
  }

  /** Project of the run: an id or `entity:slug`. */
  declare project: string | null
  declare run: ChartRun | null
  /** Several runs, to compare their machines. */
  declare runs: ReadonlyArray<ChartRun>
  /** Default null: what the run logs below `system/`. */
  declare keys: ReadonlyArray<string> | null
  declare noChrome: boolean

  constructor() {
    super()
    define("wl-chart-grid", WlChartGrid)
    this.project = null
    this.run = null
    this.runs = []
    this.keys = null
    this.noChrome = false
  }

  protected override render() {
    const runs = this.run === null ? this.runs : [this.run]
    return html`<wl-chart-grid part="grid" exportparts="toolbar, section, cell" prefix="system/" x="relative"
      .client=${this.client} .project=${this.project} .runs=${runs} .keys=${this.keys} .arrange=${systemSections}
      ?no-chrome=${this.noChrome}
    ><div slot="empty" class="message"><span>No system metrics. Trackers log them every 10 s unless they are switched off.</span></div></wl-chart-grid>`
  }
}
