/** Registers `<wl-system-metrics>` and the elements it is made of. */
import { WlSystemMetrics } from "../system-metrics/WlSystemMetrics.ts"
import { define } from "./define.ts"

define("wl-system-metrics", WlSystemMetrics)

declare global {
  interface HTMLElementTagNameMap {
    "wl-system-metrics": WlSystemMetrics
  }
}
