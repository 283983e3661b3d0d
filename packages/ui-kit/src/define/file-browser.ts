/** Registers `<wl-file-browser>`. */
import { WlFileBrowser } from "../file-browser/WlFileBrowser.ts"
import { define } from "./define.ts"

define("wl-file-browser", WlFileBrowser)

declare global {
  interface HTMLElementTagNameMap {
    "wl-file-browser": WlFileBrowser
  }
}
