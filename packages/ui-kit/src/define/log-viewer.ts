/** Registers `<wl-log-viewer>`. */
import { WlLogViewer } from "../log-viewer/WlLogViewer.ts"
import { define } from "./define.ts"

define("wl-log-viewer", WlLogViewer)

declare global {
  interface HTMLElementTagNameMap {
    "wl-log-viewer": WlLogViewer
  }
}
