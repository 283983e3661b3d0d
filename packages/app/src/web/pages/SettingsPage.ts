/** `/settings` and `/authorize`: API keys; the second is where W&B's and our clients send people for one. */
import "@wanllmdb/ui-kit/define/api-keys"
import { html, type TemplateResult } from "lit"
import { AppPage } from "./AppPage.ts"

class SettingsPage extends AppPage {
  static override properties = { ...AppPage.properties, authorize: { attribute: false } }
  declare authorize: boolean

  constructor() {
    super()
    this.authorize = false
  }

  protected override render(): TemplateResult {
    const server = this.router.address("./").replace(/\/$/, "")
    return html`<div class="page"><h1 class="xl strong">${this.authorize ? "Your API key" : "Settings"}</h1>
      ${
        this.authorize
          ? html`<p class="t2">Make a key and paste it where your program asked for one. It is shown once.</p>`
          : html`<h2 class="lg strong">API keys</h2><p class="t2">Programs sign in with a key. This server is <span class="mono">${server}</span>.</p>`
      }
      <wl-api-keys class="below"></wl-api-keys></div>`
  }
}

if (customElements.get("app-settings") === undefined) customElements.define("app-settings", SettingsPage)
