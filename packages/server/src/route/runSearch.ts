/** Finding runs of a project: text filters in the address, trees in a body. */

import type { RunSearchPage, RunSearchQuery } from "@wanllmdb/core"
import { InvalidInput, RunFilter, RunListItem } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { json, jsonText } from "../http/ApiRequest.ts"
import { numberJson } from "../wire/numberJson.ts"
import { runListItemJson } from "../wire/resourceJson.ts"
import { Flag, limitUpTo, listOf, Many } from "./query.ts"
import { route, type ServerParts } from "./Route.ts"
import { AnyNumber, shape } from "./shapes.ts"

const Cell = Schema.NullOr(Schema.Union([AnyNumber, Schema.String, Schema.Boolean]))
const Page = Schema.Struct({
  items: Schema.Array(Schema.Struct({ ...RunListItem.fields, columns: Schema.Array(Cell) })),
  next: Schema.NullOr(Schema.String),
  total: Schema.Int,
  cursor: Schema.String
})

/** The live cursor of a project: its change sequence. */
export const projectCursor = (sequence: number): string => `s${sequence}`

/** The engine gives the same item out as long as nothing of it changed, so most of a page is text already. */
const written = new WeakMap<RunSearchPage["items"][number], string>()

const itemText = (item: RunSearchPage["items"][number]): string => {
  let text = written.get(item)
  if (text === undefined) {
    const columns = item.columns.map((cell) => (typeof cell === "number" ? numberJson(cell) : cell))
    text = JSON.stringify({ ...runListItemJson(item), columns })
    written.set(item, text)
  }
  return text
}

const pageText = ({ cursor, items, next, total }: RunSearchPage): string =>
  `{"items":[${items.map(itemText).join(",")}],"next":${JSON.stringify(next)},"total":${total},"cursor":"${projectCursor(cursor)}"}`

const find = (query: RunSearchQuery, { engine }: ServerParts) =>
  Effect.map(engine.search.search(query), (page) => jsonText(pageText(page)))

const readTree = Schema.decodeUnknownOption(Schema.fromJsonString(RunFilter))

/** A `filter` parameter that starts with `{` is a tree. */
const filterOf = (text: string | undefined): Effect.Effect<string | RunFilter | undefined, InvalidInput> => {
  if (text === undefined || !text.trimStart().startsWith("{")) return Effect.succeed(text)
  const tree = readTree(text)
  if (tree._tag === "Some") return Effect.succeed(tree.value)
  return Effect.fail(
    new InvalidInput({ faults: [{ path: "filter", rule: "a filter tree as JSON", got: text.slice(0, 40) }] })
  )
}

export const runSearchRoutes = [
  route({
    id: "runs.list",
    method: "GET",
    path: "/projects/{project}/runs",
    summary: "Runs of a project by filter text, sorted, with columns",
    action: "run.read",
    on: "project",
    query: Schema.Struct({
      filter: Schema.optionalKey(Schema.String),
      sort: Schema.optionalKey(Schema.String),
      columns: Schema.optionalKey(Many),
      limit: Schema.optionalKey(limitUpTo(1000)),
      cursor: Schema.optionalKey(Schema.String),
      deleted: Schema.optionalKey(Flag)
    }),
    answers: [shape(200, "A page of runs", Page)],
    handle: ({ query, target }, parts) =>
      Effect.flatMap(filterOf(query.filter), (filter) =>
        find(
          {
            project: target.id,
            filter,
            sort: query.sort,
            columns: listOf(query.columns),
            limit: query.limit,
            cursor: query.cursor,
            deleted: query.deleted === "true"
          },
          parts
        )
      )
  }),
  route({
    id: "runs.search",
    method: "POST",
    path: "/projects/{project}/runs/search",
    summary: "The same with a filter tree in the body",
    action: "run.read",
    on: "project",
    body: Schema.Struct({
      filter: Schema.optionalKey(Schema.Union([Schema.String, RunFilter])),
      sort: Schema.optionalKey(Schema.String),
      columns: Schema.optionalKey(Schema.Array(Schema.String)),
      limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
      cursor: Schema.optionalKey(Schema.String),
      deleted: Schema.optionalKey(Schema.Boolean)
    }),
    bodyOptional: true,
    answers: [shape(200, "A page of runs", Page)],
    handle: ({ body, target }, parts) => find({ ...body, project: target.id }, parts)
  }),
  route({
    id: "runs.fields",
    method: "GET",
    path: "/projects/{project}/fields",
    summary: "Names that filters, sorts and columns can use",
    action: "run.read",
    on: "project",
    query: Schema.Struct({ prefix: Schema.optionalKey(Schema.String) }),
    answers: [shape(200, "The names", Schema.Struct({ items: Schema.Array(Schema.String), next: Schema.Null }))],
    handle: ({ query, target }, { engine }) =>
      Effect.map(engine.search.fields(target.id, query.prefix), (items) => json({ items, next: null }))
  })
]
