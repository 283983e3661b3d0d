/** `/`: all projects. */
import "@wanllmdb/ui-kit/define/empty-guide"
import "@wanllmdb/ui-kit/define/project-list"
import type { ProjectJson } from "@wanllmdb/core/client"
import type { ProjectSort, WlProjectList } from "@wanllmdb/ui-kit/elements"
import { css, html, nothing, type TemplateResult } from "lit"
import { pathOf } from "../routes.ts"
import { AppPage } from "./AppPage.ts"

class ProjectsPage extends AppPage {
  static override styles = [
    ...AppPage.styles,
    css`
      .top { display: flex; align-items: center; justify-content: space-between; margin-bottom: 16px; }
      .page .top h1 { margin: 0; }
      dialog { width: min(560px, calc(100vw - 32px)); padding: 16px; border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); background: var(--wl-raised); color: var(--wl-text); box-shadow: 0 12px 40px var(--wl-shade); }
      dialog::backdrop { background: rgb(0 0 0 / 0.25); }
      dialog h2 { margin-bottom: 12px; }
    `
  ]
  static override properties = { ...AppPage.properties, creating: { state: true } }

  declare protected creating: boolean

  constructor() {
    super()
    this.creating = false
  }

  protected override render(): TemplateResult {
    const sort = this.router.query("sort")
    return html`<div class="page"><div class="top"><h1 class="xl strong">Projects</h1><button class="button primary" @click=${this.#create}>New project</button></div>
      <wl-project-list .search=${this.router.query("search") ?? ""} .sort=${(sort ?? "-activity") as ProjectSort} @wl-state-change=${this.#changed}>
        <wl-empty-guide slot="empty" .server=${this.router.address("./").replace(/\/$/, "")}></wl-empty-guide>
      </wl-project-list>
      ${
        this.creating
          ? html`<dialog aria-labelledby="new" @close=${this.#closed}><h2 class="lg strong" id="new">New project</h2>
            <wl-project-form @wl-project-saved=${this.#created}><button slot="actions" class="button" @click=${this.#closed}>Cancel</button></wl-project-form></dialog>`
          : nothing
      }</div>`
  }

  readonly #create = async (): Promise<void> => {
    await import("@wanllmdb/ui-kit/define/project-form")
    this.creating = true
    await this.updateComplete
    this.renderRoot.querySelector("dialog")?.showModal()
  }

  readonly #closed = (): void => {
    this.creating = false
  }

  readonly #created = ({ detail }: CustomEvent<{ readonly project: ProjectJson }>): void => {
    this.creating = false
    const { entity, slug } = detail.project
    this.router.go(pathOf({ kind: "project", entity, project: slug }))
  }

  protected override keyPressed(key: string): void {
    if (key === "/") this.renderRoot.querySelector<WlProjectList>("wl-project-list")?.focusFilter()
  }

  readonly #changed = (event: CustomEvent<{ readonly search: string; readonly sort: string }>): void => {
    const { search, sort } = event.detail
    this.router.setQuery({ search, sort: sort === "-activity" ? null : sort })
  }
}

if (customElements.get("app-projects") === undefined) customElements.define("app-projects", ProjectsPage)
