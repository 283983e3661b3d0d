/** API keys: made, listed, revoked. */
import { ApiKey, ApiKeyCreate } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { json, noContent } from "../http/ApiRequest.ts"
import { apiKeyJson } from "../wire/resourceJson.ts"
import { route } from "./Route.ts"
import { shape } from "./shapes.ts"

export const keyRoutes = [
  route({
    id: "keys.list",
    method: "GET",
    path: "/keys",
    summary: "Every API key, without the key itself",
    action: "key.manage",
    on: "server",
    answers: [shape(200, "The keys", Schema.Struct({ items: Schema.Array(ApiKey), next: Schema.Null }))],
    handle: (_, { engine }) => Effect.map(engine.keys.list, (keys) => json({ items: keys.map(apiKeyJson), next: null }))
  }),
  route({
    id: "keys.create",
    method: "POST",
    path: "/keys",
    summary: "Makes a key and shows it, once",
    action: "key.manage",
    on: "server",
    body: ApiKeyCreate,
    bodyOptional: true,
    answers: [shape(201, "The key", Schema.Struct({ ...ApiKey.fields, key: Schema.String }))],
    handle: ({ body, principal }, { engine }) =>
      Effect.map(engine.keys.create(body ?? {}, principal), ({ apiKey, key }) =>
        json({ ...apiKeyJson(apiKey), key }, 201)
      )
  }),
  route({
    id: "keys.delete",
    method: "DELETE",
    path: "/keys/{id}",
    summary: "Revokes a key",
    action: "key.manage",
    on: "server",
    answers: [shape(204, "Revoked")],
    handle: ({ params }, { engine }) => Effect.as(engine.keys.revoke(params.id ?? ""), noContent)
  })
]
