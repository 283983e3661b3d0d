/** Entry of the web app: theme first, then the shell around a client of this server. */
import "@wanllmdb/ui-kit/define/provider"
import { openClient } from "./openClient.ts"
import { applyTheme, readTheme } from "./ThemeChoice.ts"
import { WlApp } from "./WlApp.ts"

applyTheme(readTheme())
customElements.define("wl-app", WlApp)

const app = new WlApp()
app.client = await openClient()
document.body.append(app)
