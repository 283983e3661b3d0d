/** Registers `<wl-command-palette>`. */
import { WlCommandPalette } from "../command-palette/WlCommandPalette.ts"
import { define } from "./define.ts"

define("wl-command-palette", WlCommandPalette)

declare global {
  interface HTMLElementTagNameMap {
    "wl-command-palette": WlCommandPalette
  }
}
