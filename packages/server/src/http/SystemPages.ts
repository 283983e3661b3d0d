/** What stands outside of `/api/v1`: health, readiness, measurements, the OpenAPI document and the sign-in link. */

import type { Principal } from "@wanllmdb/core"
import { Effect } from "effect"
import { isLoopbackAddress, whyNotLocal } from "../auth/loopback.ts"
import type { SignIn } from "../auth/SignIn.ts"
import { sessionSeconds, type Tokens } from "../auth/Tokens.ts"
import type { Engine } from "../engine/Engine.ts"
import { takeSecret } from "../live/tickets.ts"
import { openApiDocument } from "../openapi/openApiDocument.ts"
import { apiPrefix } from "../route/allRoutes.ts"
import { cookieText } from "../route/system.ts"
import { type ApiRequest, type ApiResponse, json, text } from "./ApiRequest.ts"
import { forbidden, HttpFault, unauthorized } from "./HttpFault.ts"
import type { ServerMetrics } from "./ServerMetrics.ts"

export interface SystemPagesOptions {
  readonly engine: Engine
  readonly tokens: Tokens
  readonly measures: ServerMetrics
  readonly now: () => number
  /** Adapters in use, for those who may see details. */
  readonly describe: () => Readonly<Record<string, unknown>>
}

export class SystemPages {
  readonly #options: SystemPagesOptions
  #document: string | null = null

  constructor(options: SystemPagesOptions) {
    this.#options = options
  }

  /** Null when the path is none of these. */
  answer(request: ApiRequest, signIn: SignIn): ApiResponse | Promise<ApiResponse> | null {
    const { path } = request
    switch (path) {
      case "/health":
        return onlyGet(request) ?? text("OK")
      case "/ready":
        return onlyGet(request) ?? this.#ready(request, signIn)
      case "/metrics":
        return onlyGet(request) ?? this.#metrics(request, signIn)
      case `${apiPrefix}/openapi.json`:
        return onlyGet(request) ?? this.#openApi(request)
      case "/login":
        return request.query.has("code") ? this.#login(request) : null
      default:
        return null
    }
  }

  #openApi(request: ApiRequest): ApiResponse {
    // Built when first asked for: the shapes of every route take a while to turn into JSON Schema.
    this.#document ??= JSON.stringify(openApiDocument(request.basePath))
    return { status: 200, headers: { "content-type": "application/json" }, body: this.#document }
  }

  /** Loopback, or a key that may look inside. */
  async #mayInspect(request: ApiRequest, signIn: SignIn): Promise<boolean> {
    if (isLoopbackAddress(request.peer) && whyNotLocal(request) === null) return true
    const identity = await signIn.identify(request).catch(() => null)
    if (identity === null) return false
    const { actions, projects, role, via } = identity.principal
    // What is narrowed to some projects or actions says nothing about the whole server.
    if (projects !== undefined || (actions !== undefined && !actions.includes("server.inspect"))) return false
    return role === "admin" || via === "key"
  }

  async #metrics(request: ApiRequest, signIn: SignIn): Promise<ApiResponse> {
    if (!(await this.#mayInspect(request, signIn))) throw forbidden("Measurements are for loopback or a key")
    return {
      status: 200,
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
      body: this.#options.measures.render()
    }
  }

  async #ready(request: ApiRequest, signIn: SignIn): Promise<ApiResponse> {
    const { describe, engine } = this.#options
    const storage = await answers(Effect.asVoid(engine.projects.list({ scope: { projects: [] }, limit: 1 })))
    const blobs = await answers(engine.blobs.check)
    const ready = storage && blobs
    const detail = (await this.#mayInspect(request, signIn)) ? { storage, blobs, ...describe() } : {}
    return json({ status: ready ? "ready" : "not ready", ...detail }, ready ? 200 : 503)
  }

  /** A sign-in link works once; it leaves a session cookie and goes on to the first page. */
  async #login(request: ApiRequest): Promise<ApiResponse> {
    const { engine, now, tokens } = this.#options
    const code = request.query.get("code") ?? ""
    const value = await Effect.runPromise(takeSecret(engine.identity, "sign-in", code, now()))
    if (value === null) throw unauthorized("This sign-in link was used or is too old; make a new one")
    const session = tokens.openSession(value as Principal)
    return {
      status: 303,
      headers: {
        location: `${request.basePath}/`,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "set-cookie": cookieText(session, request.basePath, request.secure, sessionSeconds)
      },
      body: null
    }
  }
}

const answers = (effect: Effect.Effect<void, unknown>): Promise<boolean> =>
  Effect.runPromise(Effect.match(effect, { onFailure: () => false, onSuccess: () => true }))

const onlyGet = (request: ApiRequest): null => {
  if (request.method === "GET" || request.method === "HEAD") return null
  throw new HttpFault({
    status: 405,
    title: "Method not allowed",
    detail: "This address answers GET",
    headers: { allow: "GET, HEAD" }
  })
}
