/**
 * A route, declared once: address, right, shapes and handler. The router, the checks before a handler, the OpenAPI document,
 * the tests of every route × role and the client's test all read the same list.
 */
import type { Action, Principal, Project, ProjectId, RunId } from "@wanllmdb/core"
import { Effect, type Schema } from "effect"
import type { Access } from "../auth/Access.ts"
import type { Identity } from "../auth/Auth.ts"
import type { Tokens } from "../auth/Tokens.ts"
import type { Engine } from "../engine/Engine.ts"
import type { ApiRequest, ApiResponse } from "../http/ApiRequest.ts"
import { decoder, queryObject } from "../http/decode.ts"
import type { ServerMetrics } from "../http/ServerMetrics.ts"
import type { LiveHub } from "../live/LiveHub.ts"
import type { IdempotencyCache } from "./IdempotencyCache.ts"

/** What handlers reach besides their call. */
export interface ServerParts {
  readonly engine: Engine
  readonly tokens: Tokens
  readonly access: Access
  readonly live: LiveHub
  readonly measures: ServerMetrics
  readonly repeats: IdempotencyCache
  readonly basePath: string
  readonly now: () => number
}

export type Target = "server" | "project" | "run"

export interface RunTarget {
  readonly id: RunId
  readonly project: ProjectId
  readonly entity: string
}

export interface TargetOf {
  readonly server: null
  readonly project: Project
  readonly run: RunTarget
}

/** A call after sign-in and rights, before its query and body are decoded. */
export interface OpenCall {
  readonly request: ApiRequest
  readonly params: Readonly<Record<string, string>>
  readonly identity: Identity
  readonly principal: Principal
  readonly target: Project | RunTarget | null
  /** Parsed JSON or bytes, as the declaration asks. */
  readonly payload: unknown
}

export interface Call<On extends Target, Query, Body> extends OpenCall {
  readonly target: TargetOf[On]
  readonly query: Query
  readonly body: Body
}

export type BodyKind = "none" | "json" | "optionalJson" | "bytes" | "stream"

export interface AnswerShape {
  readonly status: number
  readonly description: string
  /** JSON of this shape. */
  readonly schema?: Schema.Top
  /** Media types that are not JSON. */
  readonly content?: ReadonlyArray<string>
}

/** What the rest of the server sees of a route. */
export interface Route {
  /** `group.verb`, the name of the client's method too. */
  readonly id: string
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Below `/api/v1`, with `{name}` for a segment and `{name...}` for the rest. */
  readonly path: string
  readonly summary: string
  /** `signedIn` asks for a caller and no right. */
  readonly action: Action | "signedIn" | "open"
  readonly on: Target
  readonly query: Schema.Top | null
  readonly bodyKind: BodyKind
  readonly bodySchema: Schema.Top | null
  /** Media types of a body that is not JSON. */
  readonly bodyContent: ReadonlyArray<string>
  readonly bodyLimitBytes: number
  readonly answers: ReadonlyArray<AnswerShape>
  readonly handle: (call: OpenCall, parts: ServerParts) => Effect.Effect<ApiResponse, unknown>
}

export const mebibyte = 1024 * 1024
const defaultBodyLimit = 32 * mebibyte

interface Declaration<
  On extends Target,
  Q extends Schema.ConstraintDecoder<unknown>,
  B extends Schema.ConstraintDecoder<unknown>
> {
  readonly id: string
  readonly method: Route["method"]
  readonly path: string
  readonly summary: string
  readonly action: Route["action"]
  readonly on: On
  readonly query?: Q & Schema.Top
  readonly body?: B & Schema.Top
  /** A JSON body may be left out. */
  readonly bodyOptional?: boolean
  /** For bodies that are not JSON alone: how they come, and their media types. */
  readonly raw?: { readonly kind: "bytes" | "stream"; readonly content: ReadonlyArray<string> }
  readonly bodyLimitBytes?: number
  readonly answers: ReadonlyArray<AnswerShape>
  readonly handle: (call: Call<On, Q["Type"], B["Type"]>, parts: ServerParts) => Effect.Effect<ApiResponse, unknown>
}

export const route = <
  On extends Target,
  Q extends Schema.ConstraintDecoder<unknown> = Schema.ConstraintDecoder<undefined>,
  B extends Schema.ConstraintDecoder<unknown> = Schema.ConstraintDecoder<undefined>
>(
  declaration: Declaration<On, Q, B>
): Route => {
  const { query, body, raw, handle } = declaration
  const decodeQuery = query === undefined ? null : decoder<Q>(query, "query")
  const decodeBody = body === undefined || raw !== undefined ? null : decoder<B>(body, "body")
  return {
    id: declaration.id,
    method: declaration.method,
    path: declaration.path,
    summary: declaration.summary,
    action: declaration.action,
    on: declaration.on,
    query: query ?? null,
    bodyKind: raw?.kind ?? (body === undefined ? "none" : declaration.bodyOptional ? "optionalJson" : "json"),
    bodySchema: body ?? null,
    bodyContent: raw?.content ?? [],
    bodyLimitBytes: declaration.bodyLimitBytes ?? defaultBodyLimit,
    answers: declaration.answers,
    handle: (open, parts) => {
      // The target is of the declared kind: the pipeline located it by the same declaration.
      const call = (query: Q["Type"], body: B["Type"]): Call<On, Q["Type"], B["Type"]> => ({
        request: open.request,
        params: open.params,
        identity: open.identity,
        principal: open.principal,
        payload: open.payload,
        target: open.target as TargetOf[On],
        query,
        body
      })
      const withoutBody = decodeBody === null || (open.payload === undefined && declaration.bodyOptional === true)
      if (decodeQuery === null && withoutBody)
        return handle(call(undefined as Q["Type"], undefined as B["Type"]), parts)
      const query = decodeQuery === null ? Effect.undefined : decodeQuery(queryObject(open.request.query))
      return Effect.flatMap(query, (query) =>
        withoutBody
          ? handle(call(query as Q["Type"], undefined as B["Type"]), parts)
          : Effect.flatMap(decodeBody(open.payload), (body) => handle(call(query as Q["Type"], body), parts))
      )
    }
  }
}
