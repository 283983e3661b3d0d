/** The OpenAPI 3.1 document, read off the route declarations. */
import { Schema } from "effect"
import { allRoutes, apiPrefix } from "../route/allRoutes.ts"
import type { AnswerShape, Route } from "../route/Route.ts"

type Json = Record<string, unknown>

/** Named shapes go to `components`; references are rewritten from JSON Schema's place for them to OpenAPI's. */
class Components {
  /** What a declaration looks like inside stands in no schema. */
  readonly schemas: Json = { JsonDocumentEncoded: { type: "object" } }

  schema(schema: Schema.Top): unknown {
    const document = Schema.toJsonSchemaDocument(schema)
    for (const [name, definition] of Object.entries(document.definitions)) {
      this.schemas[name] ??= this.#rewrite(definition)
    }
    return this.#rewrite(document.schema)
  }

  #rewrite(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#rewrite(each))
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === "$ref" && typeof inner === "string"
          ? inner.replace(/^#\/(\$defs|definitions)\//, "#/components/schemas/")
          : this.#rewrite(inner)
      ])
    )
  }
}

const problem = {
  type: "object",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "rule", "got"],
        properties: { path: { type: "string" }, rule: { type: "string" }, got: { type: "string" } }
      }
    },
    expected: { type: "integer", description: "The sequence that is waited for, after a gap" }
  }
}

const pathOf = (route: Route) => `${apiPrefix}${route.path.replace("...}", "}")}`

const pathParameters = (route: Route): ReadonlyArray<Json> =>
  [...route.path.matchAll(/\{(\w+)(\.\.\.)?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    ...(name === "run" && { description: "An id, or entity:project:slug" }),
    ...(name === "project" && { description: "An id, or entity:slug" })
  }))

const queryParameters = (route: Route, components: Components): ReadonlyArray<Json> => {
  if (route.query === null) return []
  const shape = components.schema(route.query) as { properties?: Json; required?: ReadonlyArray<string> }
  return Object.entries(shape.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: shape.required?.includes(name) ?? false,
    schema
  }))
}

const writerParameters = ["Wanllmdb-Writer", "Wanllmdb-Sequence"].map((name) => ({
  name,
  in: "header",
  required: false,
  schema: { type: "string" }
}))

const headerParameters = (route: Route): ReadonlyArray<Json> => {
  if (route.id === "metrics.append" || route.id === "logs.append") return writerParameters
  if (route.method !== "POST" || !route.id.endsWith(".create")) return []
  return [{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string" } }]
}

const answerOf = (shape: AnswerShape, components: Components): Json => {
  const content: Json = {}
  if (shape.schema !== undefined && shape.content?.includes("application/x-ndjson") !== true) {
    content["application/json"] = { schema: components.schema(shape.schema) }
  }
  for (const type of shape.content ?? []) {
    content[type] =
      type === "application/x-ndjson" && shape.schema !== undefined ? { schema: components.schema(shape.schema) } : {}
  }
  return { description: shape.description, ...(Object.keys(content).length > 0 && { content }) }
}

const bodyOf = (route: Route, components: Components): Json | null => {
  if (route.bodyKind === "none") return null
  const content: Json = {}
  if (route.bodySchema !== null) content["application/json"] = { schema: components.schema(route.bodySchema) }
  for (const type of route.bodyContent) content[type] ??= {}
  return { required: route.bodyKind !== "optionalJson", content }
}

const operation = (route: Route, components: Components): Json => {
  const body = bodyOf(route, components)
  const answers = Object.fromEntries(route.answers.map((shape) => [shape.status, answerOf(shape, components)]))
  return {
    operationId: route.id,
    tags: [route.id.split(".")[0]],
    summary: route.summary,
    parameters: [...pathParameters(route), ...queryParameters(route, components), ...headerParameters(route)],
    ...(body !== null && { requestBody: body }),
    responses: {
      ...answers,
      default: {
        description: "A problem (RFC 9457)",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
      }
    },
    ...(route.action === "open" && { security: [] })
  }
}

export const openApiDocument = (basePath: string) => {
  const components = new Components()
  const paths: Record<string, Json> = {}
  for (const route of allRoutes) {
    const path = pathOf(route)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components) }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "wanLLMDB",
      version: "1",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" }
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    security: [{ key: [] }, { basic: [] }, { session: [] }, {}],
    paths,
    components: {
      schemas: { Problem: problem, ...components.schemas },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key or an embed token" },
        basic: { type: "http", scheme: "basic", description: "api:KEY" },
        session: { type: "apiKey", in: "cookie", name: "wanllmdb_session" }
      }
    }
  }
}
