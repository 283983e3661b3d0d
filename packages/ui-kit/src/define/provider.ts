/** Registers `<wl-provider>`. */
import { WlProvider } from "../provider/WlProvider.ts"
import { define } from "./define.ts"

define("wl-provider", WlProvider)

declare global {
  interface HTMLElementTagNameMap {
    "wl-provider": WlProvider
  }
}
