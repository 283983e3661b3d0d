/** Registers `<wl-project-form>`. */
import { WlProjectForm } from "../project-form/WlProjectForm.ts"
import { define } from "./define.ts"

define("wl-project-form", WlProjectForm)

declare global {
  interface HTMLElementTagNameMap {
    "wl-project-form": WlProjectForm
  }
}
