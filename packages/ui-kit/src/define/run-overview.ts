/** Registers `<wl-run-overview>`, `<wl-run-header>` and the line chart they show. */
import "./line-chart.ts"
import { WlRunHeader } from "../run-overview/WlRunHeader.ts"
import { WlRunOverview } from "../run-overview/WlRunOverview.ts"
import { define } from "./define.ts"

define("wl-run-header", WlRunHeader)
define("wl-run-overview", WlRunOverview)

declare global {
  interface HTMLElementTagNameMap {
    "wl-run-header": WlRunHeader
    "wl-run-overview": WlRunOverview
  }
}
