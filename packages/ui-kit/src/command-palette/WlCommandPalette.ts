/** One field that reaches every page and action: type, choose with the arrows, Enter. A native dialog keeps the focus. */
import { css, html, type PropertyValues, type TemplateResult } from "lit"
import { WlElement } from "../base/WlElement.ts"

export interface Command {
  readonly id: string
  readonly title: string
  /** Shown at the right: what kind of thing it is, or its key. */
  readonly hint?: string
  readonly run: () => void
}

/**
 * @fires wl-close - The palette was closed.
 */
export class WlCommandPalette extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      :host { display: contents; }
      dialog { width: min(560px, calc(100vw - 32px)); margin: 12vh auto auto; padding: 8px; border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); background: var(--wl-raised); color: var(--wl-text); box-shadow: 0 12px 40px var(--wl-shade); }
      dialog::backdrop { background: rgb(0 0 0 / 0.25); }
      .field { height: 36px; font-size: 13px; }
      ul { max-height: 50vh; margin-top: 8px; overflow: auto; }
      li { display: flex; align-items: center; gap: 12px; height: 32px; padding: 0 8px; border-radius: var(--wl-r); cursor: pointer; }
      li[aria-selected="true"] { background: var(--wl-accent-soft); }
      .none { padding: 12px 8px; }
    `
  ]

  static override properties = {
    ...WlElement.properties,
    open: { type: Boolean, reflect: true },
    search: { attribute: false },
    found: { state: true },
    active: { state: true }
  }

  declare open: boolean
  /** Gives the commands for what was typed; may ask a server. */
  declare search: (text: string) => Promise<ReadonlyArray<Command>>
  declare protected found: ReadonlyArray<Command>
  declare protected active: number
  #round = 0

  constructor() {
    super()
    this.open = false
    this.search = async () => []
    this.found = []
    this.active = 0
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("open")) return
    const dialog = this.renderRoot.querySelector("dialog")!
    if (this.open && !dialog.open) {
      dialog.showModal()
      const field = dialog.querySelector("input")!
      field.value = ""
      field.focus()
      void this.#find("")
    } else if (!this.open && dialog.open) dialog.close()
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-label="Search" @close=${this.#closed} @click=${this.#outside}>
      <span class="field"><input role="combobox" aria-label="Search runs, projects and pages" aria-expanded="true" aria-controls="found" aria-activedescendant="item-${this.active}"
        placeholder="Search runs, projects and pages" autocomplete="off" spellcheck="false"
        @input=${(event: InputEvent) => this.#find((event.target as HTMLInputElement).value)} @keydown=${this.#keydown}></span>
      <ul id="found" role="listbox" aria-label="Found">${this.found.map(
        (command, at) =>
          html`<li role="option" id="item-${at}" aria-selected=${at === this.active} @click=${() => this.#choose(command)} @pointermove=${() => {
            this.active = at
          }}><span class="grow clip">${command.title}</span><span class="xs t3">${command.hint ?? ""}</span></li>`
      )}</ul>
      ${this.found.length === 0 ? html`<p class="none t3">Nothing found.</p>` : ""}
    </dialog>`
  }

  async #find(text: string): Promise<void> {
    const round = ++this.#round
    const found = await this.search(text.trim())
    if (round !== this.#round) return
    this.found = found
    this.active = 0
  }

  #choose(command: Command): void {
    this.renderRoot.querySelector("dialog")?.close()
    command.run()
  }

  readonly #closed = (): void => {
    this.open = false
    this.emit("wl-close", {})
  }

  readonly #outside = (event: MouseEvent): void => {
    if (event.target instanceof HTMLDialogElement) event.target.close()
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    const count = this.found.length
    if (step !== 0 && count > 0) {
      event.preventDefault()
      this.active = (this.active + step + count) % count
      this.renderRoot.querySelectorAll("li")[this.active]?.scrollIntoView({ block: "nearest" })
    } else if (event.key === "Enter" && this.found[this.active] !== undefined) this.#choose(this.found[this.active]!)
  }
}
