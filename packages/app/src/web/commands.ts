/** What Ctrl K finds: pages, actions, projects by name, and runs of the open project. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import type { Command } from "@wanllmdb/ui-kit/elements"
import type { Target } from "@wanllmdb/ui-kit/provider"
import type { Page } from "./routes.ts"
import type { ThemeName } from "./ThemeChoice.ts"

export interface CommandHost {
  readonly go: (target: Target) => void
  readonly open: (path: string) => void
  readonly setTheme: (theme: ThemeName) => void
  readonly help: () => void
}

const most = 8

export const commandsFor = async (
  text: string,
  page: Page,
  client: WanllmdbClient | null,
  host: CommandHost
): Promise<ReadonlyArray<Command>> => {
  const fixed: ReadonlyArray<Command> = [
    { id: "projects", title: "All projects", hint: "page", run: () => host.go({ kind: "projects" }) },
    { id: "settings", title: "Settings and API keys", hint: "page", run: () => host.open("settings") },
    { id: "light", title: "Light theme", hint: "action", run: () => host.setTheme("light") },
    { id: "dark", title: "Dark theme", hint: "action", run: () => host.setTheme("dark") },
    { id: "auto", title: "Theme of the system", hint: "action", run: () => host.setTheme("auto") },
    { id: "keys", title: "Keys", hint: "?", run: host.help }
  ]
  const wanted = text.toLowerCase()
  const pages = fixed.filter(({ title }) => title.toLowerCase().includes(wanted))
  if (client === null) return pages
  const [projects, runs] = await Promise.all([
    client.projects.list({ search: text === "" ? undefined : text, limit: most }).then(
      ({ items }) => items,
      () => []
    ),
    runsOf(text, page, client)
  ])
  return [
    ...runs.map(
      (run): Command => ({
        id: run.id,
        title: run.name === "" ? run.slug : run.name,
        hint: `run in ${run.projectSlug}`,
        run: () => host.go({ kind: "run", entity: run.entity, project: run.projectSlug, run: run.slug })
      })
    ),
    ...projects.map(
      ({ id, entity, slug, name }): Command => ({
        id,
        title: name === "" ? slug : name,
        hint: `project of ${entity}`,
        run: () => host.go({ kind: "project", entity, project: slug })
      })
    ),
    ...pages
  ]
}

const runsOf = async (text: string, page: Page, client: WanllmdbClient) => {
  if (!("project" in page) || text === "") return []
  const filter = {
    or: [
      { field: "name", op: "contains" as const, value: text },
      { field: "slug", op: "contains" as const, value: text }
    ]
  }
  const found = await client.runs.search(`${page.entity}:${page.project}`, { filter, limit: most }).catch(() => null)
  return found?.items ?? []
}
