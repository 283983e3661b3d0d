/** `ProjectStore` over SQL. */
import {
  type Project,
  ProjectId,
  ProjectNotFound,
  type ProjectQuery,
  ProjectSlugTaken,
  ProjectStore
} from "@wanllmdb/core"
import { Effect } from "effect"
import { type ExpressionBuilder, type Kysely, type Selectable, sql } from "kysely"
import { onUniqueViolation, type SqlSession } from "../SqlSession.ts"
import type { ProjectTable, Tables } from "../Tables.ts"

const projectOf = (row: Selectable<ProjectTable>): Project => ({
  id: ProjectId.make(row.id),
  entity: row.entity,
  slug: row.slug,
  name: row.name,
  description: row.description,
  visibility: row.visibility === "public" ? "public" : "private",
  tags: JSON.parse(row.tags),
  runCount: Number(row.run_count),
  lastActivityAt: row.last_activity_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  deletedAt: row.deleted_at
})

const rowOf = (project: Project) => ({
  entity: project.entity,
  slug: project.slug,
  slug_key: project.slug.toLowerCase(),
  name: project.name,
  description: project.description,
  visibility: project.visibility,
  tags: JSON.stringify(project.tags),
  created_at: project.createdAt,
  updated_at: project.updatedAt,
  deleted_at: project.deletedAt
})

/** A pattern for `like` that finds the text itself, wildcards included. */
const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`

const sortColumn = (sort: ProjectQuery["sort"]) => {
  switch (sort) {
    case "name":
      return sql<string>`lower(name)`
    case "created":
      return sql<number>`created_at`
    case "runs":
      return sql<number>`run_count`
    default:
      return sql<number>`last_activity_at`
  }
}

const scoped = (query: ProjectQuery) => (eb: ExpressionBuilder<Tables, "project">) => {
  if (query.scope === "all") return eb.lit(true)
  const { entities = [], projects = [] } = query.scope
  return eb.or([
    ...(entities.length === 0 ? [] : [eb("entity", "in", entities)]),
    ...(projects.length === 0 ? [] : [eb("id", "in", projects)])
  ])
}

const selectPage = (db: Kysely<Tables>, query: ProjectQuery, limit: number) => {
  const column = sortColumn(query.sort)
  const descending = query.descending ?? (query.sort ?? "activity") !== "name"
  const direction = descending ? "desc" : "asc"
  let select = db.selectFrom("project").selectAll().where(scoped(query))
  select = select.where("deleted_at", query.deleted === true ? "is not" : "is", null)
  if (query.entity !== undefined) select = select.where("entity", "=", query.entity)
  if (query.search !== undefined && query.search !== "") {
    const pattern = containing(query.search)
    select = select.where(
      sql<boolean>`(lower(name) like ${pattern} escape '\\' or slug_key like ${pattern} escape '\\'
        or lower(description) like ${pattern} escape '\\' or lower(tags) like ${pattern} escape '\\')`
    )
  }
  if (query.after !== undefined) {
    const beyond = sql.raw(descending ? "<" : ">")
    select = select.where(
      sql<boolean>`(${column}, id) ${beyond} (select ${column}, id from project where id = ${query.after})`
    )
  }
  return select.orderBy(column, direction).orderBy("id", direction).limit(limit).execute()
}

export const sqlProjectStore = (session: SqlSession) => {
  const get = Effect.fnUntraced(function* (id: ProjectId) {
    const row = yield* session.query("project.get", (db) =>
      db.selectFrom("project").selectAll().where("id", "=", id).executeTakeFirst()
    )
    return row === undefined ? yield* new ProjectNotFound({ project: id }) : projectOf(row)
  })

  const taken = (project: Project) =>
    onUniqueViolation(session, () => new ProjectSlugTaken({ entity: project.entity, slug: project.slug }))

  return ProjectStore.of({
    get,
    insert: (project) =>
      session
        .query("project.insert", (db) =>
          db
            .insertInto("project")
            .values({
              ...rowOf(project),
              id: project.id,
              run_count: 0,
              next_ordinal: 0,
              change_sequence: 0,
              last_activity_at: project.lastActivityAt
            })
            .execute()
        )
        .pipe(Effect.asVoid, taken(project)),

    getBySlug: Effect.fnUntraced(function* (entity: string, slug: string) {
      const key = slug.toLowerCase()
      const row = yield* session.query("project.getBySlug", async (db) => {
        const present = await db
          .selectFrom("project")
          .selectAll()
          .where("entity", "=", entity)
          .where("slug_key", "=", key)
          .executeTakeFirst()
        if (present !== undefined) return present
        return db
          .selectFrom("project_redirect as redirect")
          .innerJoin("project", "project.id", "redirect.project")
          .selectAll("project")
          .where("redirect.entity", "=", entity)
          .where("redirect.slug_key", "=", key)
          .executeTakeFirst()
      })
      return row === undefined ? yield* new ProjectNotFound({ project: `${entity}:${slug}` }) : projectOf(row)
    }),

    update: (project) =>
      session
        .transaction(
          Effect.gen(function* () {
            const before = yield* get(project.id)
            yield* session.query("project.update", (db) =>
              db.updateTable("project").set(rowOf(project)).where("id", "=", project.id).execute()
            )
            if (before.slug.toLowerCase() === project.slug.toLowerCase() && before.entity === project.entity) return
            yield* session.query("project.redirect", (db) =>
              db
                .insertInto("project_redirect")
                .values({ entity: before.entity, slug_key: before.slug.toLowerCase(), project: project.id })
                .onConflict((conflict) => conflict.columns(["entity", "slug_key"]).doUpdateSet({ project: project.id }))
                .execute()
            )
          })
        )
        .pipe(taken(project)),

    list: Effect.fnUntraced(function* (query: ProjectQuery) {
      const limit = Math.min(Math.max(query.limit ?? 100, 1), 1000)
      const rows = yield* session.query("project.list", (db) => selectPage(db, query, limit + 1))
      const items = rows.slice(0, limit).map(projectOf)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    })
  })
}
