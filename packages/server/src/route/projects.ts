/** Routes of projects. */
import { defaultEntity, InvalidInput, Project, ProjectCreate, ProjectPatch } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { json, noContent } from "../http/ApiRequest.ts"
import { projectJson } from "../wire/resourceJson.ts"
import { allowed } from "./allowed.ts"
import { Flag, limitUpTo } from "./query.ts"
import { route } from "./Route.ts"
import { pageOf, shape } from "./shapes.ts"

const sorts = ["name", "created", "activity", "runs"] as const
const Sort = Schema.String.check(Schema.isPattern(/^-?(name|created|activity|runs)$/))

const sortOf = (text: string | undefined) => {
  if (text === undefined) return {}
  const descending = text.startsWith("-")
  const sort = sorts.find((name) => name === text.replace(/^-/, ""))
  return { sort, descending }
}

export const projectRoutes = [
  route({
    id: "projects.list",
    method: "GET",
    path: "/projects",
    summary: "Lists projects",
    action: "project.read",
    on: "server",
    query: Schema.Struct({
      search: Schema.optionalKey(Schema.String),
      sort: Schema.optionalKey(Sort),
      entity: Schema.optionalKey(Schema.String),
      deleted: Schema.optionalKey(Flag),
      limit: Schema.optionalKey(limitUpTo(1000)),
      cursor: Schema.optionalKey(Schema.String)
    }),
    answers: [shape(200, "A page of projects", pageOf(Project))],
    handle: ({ principal, query }, { access, engine }) =>
      Effect.gen(function* () {
        const scope = yield* Effect.promise(() => access.scopeOf(principal, engine.projects.get))
        const page = yield* engine.projects.list({
          scope,
          entity: query.entity,
          search: query.search,
          ...sortOf(query.sort),
          deleted: query.deleted === "true",
          after: query.cursor,
          limit: query.limit
        })
        return json({ items: page.items.map(projectJson), next: page.next })
      })
  }),
  route({
    id: "projects.create",
    method: "POST",
    path: "/projects",
    summary: "Makes a project",
    action: "signedIn",
    on: "server",
    body: ProjectCreate,
    answers: [shape(201, "The project", Project)],
    handle: (call, { access, engine, repeats }) =>
      Effect.gen(function* () {
        const entity = call.body.entity ?? defaultEntity
        yield* allowed(access, call, "project.create", { kind: "entity", entity })
        const key = call.request.header("idempotency-key") || null
        const named = key === null ? null : `projects.create ${call.principal.id} ${key}`
        const project = yield* repeats.once(named, engine.projects.create(call.body))
        return json(projectJson(project), 201)
      })
  }),
  route({
    id: "projects.get",
    method: "GET",
    path: "/projects/{project}",
    summary: "One project",
    action: "project.read",
    on: "project",
    answers: [shape(200, "The project", Project)],
    handle: ({ target }) => Effect.succeed(json(projectJson(target)))
  }),
  route({
    id: "projects.update",
    method: "PATCH",
    path: "/projects/{project}",
    summary: "Changes a project; a new slug leaves a redirect",
    action: "project.update",
    on: "project",
    body: ProjectPatch,
    answers: [shape(200, "The project", Project)],
    handle: ({ body, target }, { engine }) =>
      Object.keys(body).length === 0
        ? Effect.fail(new InvalidInput({ faults: [{ path: "body", rule: "at least one change", got: "none" }] }))
        : Effect.map(engine.projects.update(target.id, body), (project) => json(projectJson(project)))
  }),
  route({
    id: "projects.delete",
    method: "DELETE",
    path: "/projects/{project}",
    summary: "Hides a project and its runs until it is restored",
    action: "project.delete",
    on: "project",
    answers: [shape(204, "Hidden")],
    handle: ({ target }, { engine }) => Effect.as(engine.projects.delete(target.id), noContent)
  }),
  route({
    id: "projects.restore",
    method: "POST",
    path: "/projects/{project}/restore",
    summary: "Shows a hidden project again",
    action: "project.delete",
    on: "project",
    answers: [shape(200, "The project", Project)],
    handle: ({ target }, { engine }) =>
      Effect.map(engine.projects.restore(target.id), (project) => json(projectJson(project)))
  })
]
