/** Live over HTTP: server-sent events of a run or a project, and tickets that open one WebSocket. */
import { Effect, Schema } from "effect"
import { json } from "../http/ApiRequest.ts"
import { badRequest } from "../http/HttpFault.ts"
import { parseCursor } from "../live/LiveCursor.ts"
import { projectTopics, readTopics, runTopics } from "../live/LiveQuery.ts"
import { sseStream } from "../live/sseStream.ts"
import { makeTicket } from "../live/tickets.ts"
import { listOf, Many } from "./query.ts"
import { route } from "./Route.ts"
import { shape } from "./shapes.ts"

const Query = Schema.Struct({
  topics: Schema.optionalKey(Many),
  keys: Schema.optionalKey(Many),
  cursor: Schema.optionalKey(Schema.String)
})

const sseHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  // nginx would hold events back to fill its buffer.
  "x-accel-buffering": "no"
}

const cursorOf = Effect.fnUntraced(function* (lastEventId: string | null, cursor: string | undefined) {
  const text = lastEventId ?? cursor
  const parsed = parseCursor(text)
  if (parsed === null) return yield* badRequest("cursor", "a cursor that this server gave", text ?? "nothing")
  return parsed
})

export const liveRoutes = [
  route({
    id: "runs.events",
    method: "GET",
    path: "/runs/{run}/events",
    summary: "Server-sent events of a run from a cursor (`Last-Event-ID`), without gaps",
    action: "run.read",
    on: "run",
    query: Query,
    answers: [{ status: 200, description: "Live messages", content: ["text/event-stream"] }],
    handle: ({ identity, query, request, target }, { live }) =>
      Effect.gen(function* () {
        const topics = yield* readTopics(listOf(query.topics) ?? runTopics, runTopics, "topics")
        const cursor = yield* cursorOf(request.header("last-event-id"), query.cursor)
        const body = sseStream(live, identity, {
          kind: "run",
          run: target.id,
          project: target.project,
          topics,
          keys: listOf(query.keys) ?? null,
          cursor
        })
        return { status: 200, headers: sseHeaders, body }
      })
  }),
  route({
    id: "projects.events",
    method: "GET",
    path: "/projects/{project}/events",
    summary: "Server-sent events of a project's runs from a cursor (`Last-Event-ID`)",
    action: "run.read",
    on: "project",
    query: Query,
    answers: [{ status: 200, description: "Live messages", content: ["text/event-stream"] }],
    handle: ({ identity, principal, query, request, target }, { access, engine, live }) =>
      Effect.gen(function* () {
        const topics = yield* readTopics(listOf(query.topics) ?? projectTopics, projectTopics, "topics")
        const cursor = yield* cursorOf(request.header("last-event-id"), query.cursor)
        const scope = yield* Effect.promise(() => access.scopeOf(principal, engine.projects.get))
        const body = sseStream(live, identity, { kind: "project", project: target.id, scope, topics, cursor })
        return { status: 200, headers: sseHeaders, body }
      })
  }),
  route({
    id: "live.ticket",
    method: "POST",
    path: "/live/tickets",
    summary: "A ticket that opens one WebSocket, once, within 30 seconds",
    action: "signedIn",
    on: "server",
    answers: [shape(201, "The ticket", Schema.Struct({ ticket: Schema.String, expiresInSeconds: Schema.Int }))],
    handle: ({ identity }, { engine, now }) =>
      Effect.map(makeTicket(engine.identity, identity, now()), (ticket) => json({ ticket, expiresInSeconds: 30 }, 201))
  })
]
