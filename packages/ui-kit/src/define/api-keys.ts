/** Registers `<wl-api-keys>`. */
import { WlApiKeys } from "../api-keys/WlApiKeys.ts"
import { define } from "./define.ts"

define("wl-api-keys", WlApiKeys)

declare global {
  interface HTMLElementTagNameMap {
    "wl-api-keys": WlApiKeys
  }
}
