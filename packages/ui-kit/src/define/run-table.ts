/** Registers `<wl-run-table>`. */
import { WlRunTable } from "../run-table/WlRunTable.ts"
import { define } from "./define.ts"

define("wl-run-table", WlRunTable)

declare global {
  interface HTMLElementTagNameMap {
    "wl-run-table": WlRunTable
  }
}
