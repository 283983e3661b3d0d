/** `ProjectStore` over the in-memory tables. */
import { Effect } from "effect"
import type { Scope } from "../../identity/Principal.ts"
import { type Project, ProjectNotFound, ProjectSlugTaken } from "../../project/Project.ts"
import { type ProjectQuery, ProjectStore } from "../../project/ProjectStore.ts"
import type { MemoryDatabase, ProjectRecord } from "../run/MemoryDatabase.ts"

const slugKey = (entity: string, slug: string) => `${entity}:${slug.toLowerCase()}`

const projectOf = (record: ProjectRecord): Project => ({
  ...record.project,
  runCount: record.runCount,
  lastActivityAt: record.lastActivityAt
})

const sees = (scope: Scope, project: Project) =>
  scope === "all" || scope.entities?.includes(project.entity) === true || scope.projects?.includes(project.id) === true

const matches = (project: Project, search: string) => {
  const text = search.toLowerCase()
  return [project.name, project.slug, project.description, ...project.tags].some((part) =>
    part.toLowerCase().includes(text)
  )
}

const sortValue = (project: Project, sort: ProjectQuery["sort"]): number | string => {
  switch (sort) {
    case "name":
      return project.name.toLowerCase()
    case "created":
      return project.createdAt
    case "runs":
      return project.runCount
    default:
      return project.lastActivityAt
  }
}

export const memoryProjectStore = (database: MemoryDatabase) =>
  ProjectStore.of({
    insert: (project) =>
      database.use((tables) => {
        const key = slugKey(project.entity, project.slug)
        if (tables.slugs.has(key)) {
          return Effect.fail(new ProjectSlugTaken({ entity: project.entity, slug: project.slug }))
        }
        const { runCount: _, lastActivityAt, ...rest } = project
        tables.slugs.set(key, project.id)
        tables.projects.set(project.id, { project: rest, runCount: 0, lastActivityAt, nextOrdinal: 0, sequence: 0 })
        return Effect.void
      }),
    get: (id) =>
      database.use((tables) => {
        const record = tables.projects.get(id)
        return record === undefined
          ? Effect.fail(new ProjectNotFound({ project: id }))
          : Effect.succeed(projectOf(record))
      }),
    getBySlug: (entity, slug) =>
      database.use((tables) => {
        const key = slugKey(entity, slug)
        const record = tables.projects.get(tables.slugs.get(key) ?? tables.redirects.get(key) ?? "")
        return record === undefined
          ? Effect.fail(new ProjectNotFound({ project: `${entity}:${slug}` }))
          : Effect.succeed(projectOf(record))
      }),
    update: (project) =>
      database.use((tables): Effect.Effect<void, ProjectNotFound | ProjectSlugTaken> => {
        const record = tables.projects.get(project.id)
        if (record === undefined) return Effect.fail(new ProjectNotFound({ project: project.id }))
        const before = slugKey(record.project.entity, record.project.slug)
        const key = slugKey(project.entity, project.slug)
        if (key !== before) {
          if (tables.slugs.has(key)) {
            return Effect.fail(new ProjectSlugTaken({ entity: project.entity, slug: project.slug }))
          }
          tables.slugs.delete(before)
          tables.slugs.set(key, project.id)
          tables.redirects.set(before, project.id)
        }
        const { runCount: _runs, lastActivityAt: _activity, ...rest } = project
        tables.projects.set(project.id, { ...record, project: rest })
        return Effect.void
      }),
    list: (query) =>
      database.use((tables) => {
        const sort = query.sort ?? "activity"
        const descending = query.descending ?? sort !== "name"
        const found = [...tables.projects.values()]
          .map(projectOf)
          .filter(
            (project) =>
              sees(query.scope, project) &&
              (project.deletedAt !== null) === (query.deleted ?? false) &&
              (query.entity === undefined || project.entity === query.entity) &&
              (query.search === undefined || matches(project, query.search))
          )
          .sort((a, b) => {
            const [x, y] = [sortValue(a, sort), sortValue(b, sort)]
            const order = x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1
            return descending ? -order : order
          })
        const limit = Math.min(Math.max(query.limit ?? 100, 1), 1000)
        const start = query.after === undefined ? 0 : found.findIndex((project) => project.id === query.after) + 1
        const items = found.slice(start, start + limit)
        const last = items.at(-1)
        return Effect.succeed({ items, next: last !== undefined && start + limit < found.length ? last.id : null })
      })
  })
