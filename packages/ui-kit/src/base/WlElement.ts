/** What all elements of the kit share: tokens, base styles, the provider, and events that cross shadow roots. */
import { ContextConsumer } from "@lit/context"
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { LitElement } from "lit"
import { type Provider, providerContext } from "../provider/Provider.ts"
import { registerTokens } from "../theme/registerTokens.ts"
import { baseStyles } from "./baseStyles.ts"

export abstract class WlElement extends LitElement {
  static override styles = [baseStyles]

  /** Data source of this element alone. Default: the one of the nearest `wl-provider`. */
  declare client: WanllmdbClient | null

  static override properties = { client: { attribute: false } }

  readonly #consumer: ContextConsumer<typeof providerContext, this>

  constructor() {
    super()
    this.client = null
    this.#consumer = new ContextConsumer(this, {
      context: providerContext,
      subscribe: true,
      callback: () => this.requestUpdate()
    })
  }

  protected get provider(): Provider | undefined {
    return this.#consumer.value
  }

  /** The element's own client, else the provider's. */
  protected get source(): WanllmdbClient | null {
    return this.client ?? this.provider?.client ?? null
  }

  override connectedCallback(): void {
    registerTokens()
    super.connectedCallback()
  }

  /** Dispatches an event that bubbles and crosses shadow roots; false when a listener cancelled it. */
  protected emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }))
  }
}
