/** Registers `<wl-line-chart>`. */
import { WlLineChart } from "../line-chart/WlLineChart.ts"
import { define } from "./define.ts"

define("wl-line-chart", WlLineChart)

declare global {
  interface HTMLElementTagNameMap {
    "wl-line-chart": WlLineChart
  }
}
