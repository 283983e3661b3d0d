/** Registers `<wl-empty-guide>`. */
import { WlEmptyGuide } from "../empty-guide/WlEmptyGuide.ts"
import { define } from "./define.ts"

define("wl-empty-guide", WlEmptyGuide)

declare global {
  interface HTMLElementTagNameMap {
    "wl-empty-guide": WlEmptyGuide
  }
}
