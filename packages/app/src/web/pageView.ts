/** Which element stands for which page. Pages but the first load their code when they are opened. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { html, type TemplateResult } from "lit"
import type { Router } from "./Router.ts"
import type { Page } from "./routes.ts"

export interface PageContext {
  readonly client: WanllmdbClient | null
  readonly router: Router
}

const loaders: Readonly<Record<Page["kind"], () => Promise<unknown>>> = {
  projects: () => import("./pages/ProjectsPage.ts"),
  project: () => import("./pages/ProjectPage.ts"),
  run: () => import("./pages/RunPage.ts"),
  compare: () => import("./pages/ComparePage.ts"),
  settings: () => import("./pages/SettingsPage.ts"),
  authorize: () => import("./pages/SettingsPage.ts"),
  lost: () => import("./pages/LostPage.ts")
}

export const pageView = (page: Page, { client, router }: PageContext): TemplateResult => {
  void loaders[page.kind]()
  switch (page.kind) {
    case "projects":
      return html`<app-projects .client=${client} .router=${router}></app-projects>`
    case "project":
      return html`<app-project .client=${client} .router=${router} .view=${router.query("view")} .entity=${page.entity} .project=${page.project}></app-project>`
    case "run":
      return html`<app-run .client=${client} .router=${router} .entity=${page.entity} .project=${page.project} .run=${page.run} .tab=${page.tab}></app-run>`
    case "compare":
      return html`<app-compare .client=${client} .router=${router} .entity=${page.entity} .project=${page.project} .runs=${page.runs}></app-compare>`
    case "lost":
      return html`<app-lost .router=${router} .path=${page.path}></app-lost>`
    default:
      return html`<app-settings .client=${client} .router=${router} .authorize=${page.kind === "authorize"}></app-settings>`
  }
}

export const titleOf = (page: Page, heading: string | null): string => {
  const name = {
    projects: () => "Projects",
    project: () => ("project" in page ? page.project : ""),
    run: () => (page.kind === "run" ? `${heading ?? page.run} · ${page.project}` : ""),
    compare: () => ("project" in page ? `Compare · ${page.project}` : ""),
    settings: () => "Settings",
    authorize: () => "API key",
    lost: () => "Not found"
  }[page.kind]()
  return `${name} · wanLLMDB`
}
