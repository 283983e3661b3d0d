/** Projects of a memory client. */
import type { ProjectJson, WanllmdbClient } from "@wanllmdb/core/client"
import type { Answer } from "./createMemoryClient.ts"
import type { MemoryData } from "./MemoryData.ts"

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[^a-z0-9]+|-+$/g, "") || "project"

export const memoryProjects = (data: MemoryData, answer: Answer): WanllmdbClient["projects"] => {
  const patch = (name: string, change: Partial<ProjectJson>): ProjectJson => {
    const id = data.project(name).id
    const at = data.projects.findIndex((project) => project.id === id)
    data.projects[at] = { ...data.projects[at]!, ...change, updatedAt: new Date().toISOString() }
    return data.project(id)
  }
  return {
    list: (query = {}, options) =>
      answer("projects.list", options?.signal, () => {
        const search = query.search?.toLowerCase() ?? ""
        const field = query.sort?.replace(/^-/, "") ?? "activity"
        const sign = (query.sort ?? "-activity").startsWith("-") ? -1 : 1
        const keyOf = (project: ProjectJson) =>
          field === "name"
            ? project.name.toLowerCase()
            : field === "created"
              ? project.createdAt
              : project.lastActivityAt
        const items = data.projects
          .filter(
            ({ name, slug, deletedAt }) =>
              (deletedAt !== null) === (query.deleted ?? false) && `${name} ${slug}`.toLowerCase().includes(search)
          )
          .sort((a, b) => (keyOf(a) < keyOf(b) ? -sign : sign))
          .map(({ id }) => data.project(id))
        return { items, next: null }
      }),
    create: (input, options) =>
      answer("projects.create", options?.signal, () =>
        data.addProject({ ...input, slug: input.slug ?? slugOf(input.name), entity: input.entity ?? "local" })
      ),
    get: (project, options) => answer("projects.get", options?.signal, () => data.project(project)),
    update: (project, change, options) => answer("projects.update", options?.signal, () => patch(project, change)),
    delete: (project, options) =>
      answer("projects.delete", options?.signal, () => {
        patch(project, { deletedAt: new Date().toISOString() })
      }),
    restore: (project, options) =>
      answer("projects.restore", options?.signal, () => patch(project, { deletedAt: null }))
  }
}
