/** Registers `<wl-compare>`. */
import { WlCompare } from "../compare/WlCompare.ts"
import { define } from "./define.ts"

define("wl-compare", WlCompare)

declare global {
  interface HTMLElementTagNameMap {
    "wl-compare": WlCompare
  }
}
