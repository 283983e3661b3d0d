/** What an empty project teaches: three ways to log the first run, each a few lines to paste. */
import { css, html, type TemplateResult } from "lit"
import { WlElement } from "../base/WlElement.ts"
import { guideSnippets } from "./guideSnippets.ts"

/**
 * @slot - A sentence above the lines. Default: what to do.
 */
export class WlEmptyGuide extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      :host { max-width: 680px; margin: 24px auto; padding: 0 16px; }
      .tabs { display: flex; gap: 4px; margin: 12px 0 0; border-bottom: 1px solid var(--wl-line); overflow-x: auto; }
      [role="tab"] { padding: 7px 10px 6px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--wl-text-2); font-size: 12px; line-height: 18px; white-space: nowrap; cursor: pointer; }
      [role="tab"][aria-selected="true"] { color: var(--wl-text); font-weight: 550; border-color: var(--wl-accent); }
      .code { position: relative; margin-top: 12px; padding: 12px; }
      pre { font-family: var(--wl-mono); font-size: 12px; line-height: 18px; overflow-x: auto; white-space: pre; }
      .code .button { position: absolute; top: 8px; right: 8px; }
      .waiting { display: flex; align-items: center; gap: 8px; margin-top: 12px; }
      .waiting::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--wl-run); animation: beat 1.6s ease-out infinite; }
      @keyframes beat { 50% { opacity: 0.3; } }
    `
  ]

  static override properties = {
    ...WlElement.properties,
    server: {},
    entity: {},
    project: {},
    apiKey: { attribute: "api-key" },
    tab: { state: true },
    copied: { state: true }
  }

  /** Where clients send to. Default: this page's origin. */
  declare server: string
  declare entity: string
  /** Slug. */
  declare project: string
  /** Filled into the lines; without it they use none. */
  declare apiKey: string | null
  declare protected tab: string
  declare protected copied: boolean

  constructor() {
    super()
    this.server = ""
    this.entity = "local"
    this.project = "uncategorized"
    this.apiKey = null
    this.tab = "typescript"
    this.copied = false
  }

  protected override render(): TemplateResult {
    const { entity, project, apiKey } = this
    const snippets = guideSnippets({
      server: this.server === "" ? location.origin : this.server,
      entity,
      project,
      apiKey
    })
    const shown = snippets.find(({ id }) => id === this.tab) ?? snippets[0]!
    return html`
      <h2 class="lg strong">Log the first run</h2>
      <p class="t2"><slot>Paste this where your training code runs. The run shows here as soon as its first point arrives.</slot></p>
      <div class="tabs" role="tablist" aria-label="Language" @keydown=${this.#keydown}>
        ${snippets.map(
          ({
            id,
            title
          }) => html`<button role="tab" id="tab-${id}" aria-controls="lines" aria-selected=${id === shown.id} tabindex=${id === shown.id ? 0 : -1}
            @click=${() => this.#choose(id)}>${title}</button>`
        )}
      </div>
      <div class="card code" role="tabpanel" id="lines" aria-labelledby="tab-${shown.id}">
        <button class="button" @click=${() => this.#copy(shown.text)}>${this.copied ? "Copied" : "Copy"}</button>
        <pre tabindex="0" aria-label="Lines to paste">${shown.text}</pre>
      </div>
      <p class="waiting sm t3">Waiting for the first run</p>
    `
  }

  #choose(id: string): void {
    this.tab = id
    this.copied = false
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.copied = true
    } catch {
      // Without the right to the clipboard the text can still be selected.
      getSelection()?.selectAllChildren(this.renderRoot.querySelector("pre")!)
    }
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>("[role=tab]")]
    const at = tabs.findIndex((tab) => tab.ariaSelected === "true" || tab.getAttribute("aria-selected") === "true")
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = tabs[(at + step + tabs.length) % tabs.length]!
    next.click()
    next.focus()
  }
}
