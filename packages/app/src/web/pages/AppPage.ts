/** What pages share: the client, the router and how they tell the shell what they show. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { baseStyles } from "@wanllmdb/ui-kit/base"
import { LitElement } from "lit"
import { pageStyles, shellStyles } from "../appStyles.ts"
import type { Router } from "../Router.ts"

export abstract class AppPage extends LitElement {
  static override styles = [baseStyles, shellStyles, pageStyles]
  static override properties = { client: { attribute: false }, router: { attribute: false } }

  declare client: WanllmdbClient | null
  declare router: Router

  constructor() {
    super()
    this.client = null
    this.addEventListener("app-key", (event) => this.keyPressed((event as CustomEvent<string>).detail))
  }

  /** `/`, `[` or `]` was pressed outside a field. */
  protected keyPressed(_key: string): void {}

  protected tell(name: "page-heading" | "page-running", detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }
}
