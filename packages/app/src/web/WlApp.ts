/** The shell: header with breadcrumb, search and theme, the page for the address below it, and the keys of the whole app. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { baseStyles } from "@wanllmdb/ui-kit/base"
import type { Target } from "@wanllmdb/ui-kit/provider"
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit"
import { shellStyles } from "./appStyles.ts"
import { glass, logo, themeIcons } from "./icons.ts"
import { ProjectColours } from "./ProjectColours.ts"
import { pageView, titleOf } from "./pageView.ts"
import { Router } from "./Router.ts"
import { type Page, pathOf } from "./routes.ts"
import { readTheme, storeTheme, type ThemeName } from "./ThemeChoice.ts"

const nextTheme: Readonly<Record<ThemeName, ThemeName>> = { auto: "light", light: "dark", dark: "auto" }
const themeNames: Readonly<Record<ThemeName, string>> = { auto: "as the system", light: "light", dark: "dark" }

export class WlApp extends LitElement {
  static override styles = [baseStyles, shellStyles]
  static override properties = {
    client: { attribute: false },
    theme: { state: true },
    searching: { state: true },
    helping: { state: true },
    running: { state: true },
    heading: { state: true }
  }

  declare client: WanllmdbClient | null
  declare protected theme: ThemeName
  declare protected searching: boolean
  declare protected helping: boolean
  /** Running runs of the shown project. */
  declare protected running: number | null
  /** What the page calls itself, once it knows. */
  declare protected heading: string | null
  readonly #colours = new ProjectColours()
  readonly #router = new Router(() => {
    this.heading = null
    this.running = null
    this.requestUpdate()
  })
  readonly #hrefFor = (target: Target): string => this.#router.address(pathOf(target))

  constructor() {
    super()
    this.client = null
    this.theme = readTheme()
    this.searching = false
    this.helping = false
    this.running = null
    this.heading = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#router.connect()
    addEventListener("keydown", this.#pressed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#router.disconnect()
    removeEventListener("keydown", this.#pressed)
  }

  protected override updated(_changed: PropertyValues): void {
    document.title = titleOf(this.#router.page, this.heading)
  }

  protected override render(): TemplateResult {
    const { page } = this.#router
    return html`<wl-provider .client=${this.client} .hrefFor=${this.#hrefFor} .colours=${this.#colours.of("project" in page ? `${page.entity}/${page.project}` : "")} .theme=${this.theme}>
      ${this.#header(page)}
      <main @page-heading=${(event: CustomEvent<string>) => {
        this.heading = event.detail
      }} @page-running=${(event: CustomEvent<number>) => {
        this.running = event.detail
      }}>${pageView(page, { client: this.client, router: this.#router })}</main>
      <wl-command-palette .open=${this.searching} .search=${(text: string) => this.#find(text, page)} @wl-close=${() => {
        this.searching = false
      }}></wl-command-palette>
      ${
        this.helping
          ? html`<app-shortcuts .close=${() => {
              this.helping = false
            }}></app-shortcuts>`
          : nothing
      }
    </wl-provider>`
  }

  #header(page: Page): TemplateResult {
    return html`<header>
      <a class="logo" href=${this.#hrefFor({ kind: "projects" })} aria-label="wanLLMDB, all projects">${logo}<span class="wide">wanLLMDB</span></a>
      ${this.#crumbs(page)}
      <span class="grow"></span>
      <button class="field search" @click=${() => this.#search()}>${glass}<span class="grow">Search runs, projects, pages</span><span class="kbd" aria-hidden="true">Ctrl K</span></button>
      ${this.running === null || this.running === 0 ? nothing : html`<span class="pill running wide">${this.running} live</span>`}
      <button class="button icon" aria-label="Theme: ${themeNames[this.theme]}" title="Theme: ${themeNames[this.theme]}" @click=${() => this.#setTheme(nextTheme[this.theme])}>${themeIcons[this.theme]}</button>
    </header>`
  }

  #crumbs(page: Page): TemplateResult {
    const separator = html`<span class="sep" aria-hidden="true">/</span>`
    if (!("project" in page)) {
      const name = page.kind === "settings" ? "Settings" : page.kind === "authorize" ? "API key" : null
      return name === null ? html`` : html`<span class="crumbs">${separator}<span class="strong">${name}</span></span>`
    }
    const { entity, project } = page
    const end = page.kind === "run" ? (this.heading ?? page.run) : page.kind === "compare" ? "Compare" : null
    const name =
      end === null
        ? html`<span class="strong clip">${project}</span>`
        : html`<a class="t2 clip" href=${this.#hrefFor({ kind: "project", entity, project })}>${project}</a>`
    return html`<div class="crumbs" role="navigation" aria-label="Where you are">
      <span class="sep wide" aria-hidden="true">/</span><span class="t2 clip wide">${entity}</span>${separator}${name}
      ${end === null ? nothing : html`${separator}<span class="strong clip">${end}</span>`}
    </div>`
  }

  #commands() {
    return {
      go: (target: Target) => this.#router.go(pathOf(target)),
      open: (path: string) => this.#router.go(path),
      setTheme: (theme: ThemeName) => this.#setTheme(theme),
      help: () => void this.#help()
    }
  }

  async #find(text: string, page: Page) {
    const { commandsFor } = await import("./commands.ts")
    return commandsFor(text, page, this.client, this.#commands())
  }

  async #help(): Promise<void> {
    await import("./ShortcutsCard.ts")
    this.helping = true
  }

  #setTheme(theme: ThemeName): void {
    this.theme = theme
    storeTheme(theme)
  }

  async #search(): Promise<void> {
    await import("@wanllmdb/ui-kit/define/command-palette")
    this.searching = true
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault()
      void this.#search()
      return
    }
    const typing = event
      .composedPath()
      .some(
        (node) => node instanceof HTMLElement && (node.matches("input, textarea, select") || node.isContentEditable)
      )
    if (typing || event.ctrlKey || event.metaKey || event.altKey || this.searching) return
    if (event.key === "?") void this.#help()
    else if (event.key === "Escape") this.helping = false
    else if (event.key === "/" || event.key === "[" || event.key === "]") {
      const page = this.renderRoot.querySelector("main")?.firstElementChild
      page?.dispatchEvent(new CustomEvent("app-key", { detail: event.key }))
      if (event.key === "/") event.preventDefault()
    }
  }
}
