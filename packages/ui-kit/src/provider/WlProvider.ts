/** The context root of the kit: gives every element below it a client, links, colours, the shared cursor and a theme. */
import { ContextProvider } from "@lit/context"
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { css, html, LitElement, type PropertyValues } from "lit"
import { registerTokens } from "../theme/registerTokens.ts"
import { CursorBus } from "./CursorBus.ts"
import { type Provider, providerContext } from "./Provider.ts"
import { RunColours } from "./RunColours.ts"

/**
 * @slot - Everything that shares the client and the theme.
 */
export class WlProvider extends LitElement {
  static override styles = css`
    :host { display: contents; }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
  `

  static override properties = {
    client: { attribute: false },
    hrefFor: { attribute: false },
    colours: { attribute: false },
    workerUrl: { attribute: "worker-url" },
    theme: { reflect: true }
  }

  declare client: WanllmdbClient | null
  /** Turns what elements name into addresses of the host's pages. Default: none, names are plain text. */
  declare hrefFor: Provider["hrefFor"]
  declare colours: RunColours
  declare workerUrl: string | null
  /** Default `auto`: the host page's `color-scheme`. */
  declare theme: Provider["theme"]

  readonly cursor = new CursorBus()
  readonly #context: ContextProvider<typeof providerContext, this>

  constructor() {
    super()
    this.client = null
    this.hrefFor = () => null
    this.colours = new RunColours()
    this.workerUrl = null
    this.theme = "auto"
    this.#context = new ContextProvider(this, { context: providerContext, initialValue: this.#value() })
  }

  override connectedCallback(): void {
    registerTokens()
    super.connectedCallback()
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#context.setValue(this.#value())
  }

  protected override render() {
    return html`<slot></slot>`
  }

  #value(): Provider {
    const { client, hrefFor, colours, cursor, workerUrl, theme } = this
    return { client, hrefFor, colours, cursor, workerUrl, theme }
  }
}
