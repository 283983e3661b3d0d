/** An address that is no page. */
import { html, type TemplateResult } from "lit"
import { AppPage } from "./AppPage.ts"

class LostPage extends AppPage {
  static override properties = { ...AppPage.properties, path: {} }
  declare path: string

  protected override render(): TemplateResult {
    return html`<div class="message"><h1 class="xl strong">There is no such page</h1>
      <span class="mono">/${this.path}</span>
      <span>Page addresses look like /entity/project and /entity/project/runs/run.</span>
      <a class="button" href=${this.router.address("./")}>All projects</a></div>`
  }
}

if (customElements.get("app-lost") === undefined) customElements.define("app-lost", LostPage)
