/** Registers `<wl-run-overview>`, `<wl-run-header>` and the line chart they show. */
import { WlLineChart } from "../line-chart/WlLineChart.ts"
import { WlRunHeader } from "../run-overview/WlRunHeader.ts"
import { WlRunOverview } from "../run-overview/WlRunOverview.ts"
import { define } from "./define.ts"

// Not by importing ./line-chart.ts: code that two entries share becomes a chunk, which bundlers take for free of side effects.
define("wl-line-chart", WlLineChart)
define("wl-run-header", WlRunHeader)
define("wl-run-overview", WlRunOverview)

declare global {
  interface HTMLElementTagNameMap {
    "wl-run-header": WlRunHeader
    "wl-run-overview": WlRunOverview
  }
}
