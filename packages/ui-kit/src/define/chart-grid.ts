/** Registers `<wl-chart-grid>` and the elements it is made of. */
import { WlChartGrid } from "../chart-grid/WlChartGrid.ts"
import { define } from "./define.ts"

define("wl-chart-grid", WlChartGrid)

declare global {
  interface HTMLElementTagNameMap {
    "wl-chart-grid": WlChartGrid
  }
}
