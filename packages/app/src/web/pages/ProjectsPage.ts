/** `/`: all projects. */
import "@wanllmdb/ui-kit/define/empty-guide"
import "@wanllmdb/ui-kit/define/project-list"
import type { ProjectSort, WlProjectList } from "@wanllmdb/ui-kit/elements"
import { html, type TemplateResult } from "lit"
import { AppPage } from "./AppPage.ts"

class ProjectsPage extends AppPage {
  protected override render(): TemplateResult {
    const sort = this.router.query("sort")
    return html`<div class="page"><h1 class="xl strong">Projects</h1>
      <wl-project-list .search=${this.router.query("search") ?? ""} .sort=${(sort ?? "-activity") as ProjectSort} @wl-state-change=${this.#changed}>
        <wl-empty-guide slot="empty" .server=${this.router.address("./").replace(/\/$/, "")}></wl-empty-guide>
      </wl-project-list></div>`
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
