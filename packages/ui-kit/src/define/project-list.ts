/** Registers `<wl-project-list>`. */
import { WlProjectList } from "../project-list/WlProjectList.ts"
import { define } from "./define.ts"

define("wl-project-list", WlProjectList)

declare global {
  interface HTMLElementTagNameMap {
    "wl-project-list": WlProjectList
  }
}
