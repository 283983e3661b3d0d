/**
 * The one way of every request: origin rule, sign-in, route, right, body, handler, answer. Transports stand before it, the
 * engine behind it. It never throws: what goes wrong becomes a problem document.
 */
import { type Action, type Principal, type Project, ProjectNotFound, type Resource, RunNotFound } from "@wanllmdb/core"
import { Cause, Context, Effect, Exit, References } from "effect"
import type { Decision } from "../auth/Access.ts"
import type { Identity } from "../auth/Auth.ts"
import { isTrustedOrigin, whyForeign } from "../auth/originRule.ts"
import type { SignIn } from "../auth/SignIn.ts"
import { refusal } from "../route/allowed.ts"
import { allRoutes, apiPrefix } from "../route/allRoutes.ts"
import type { Route, RunTarget, ServerParts } from "../route/Route.ts"
import { Router } from "../route/Router.ts"
import { type ApiRequest, type ApiResponse, isStream } from "./ApiRequest.ts"
import { BodyBudget, type BodyShare } from "./BodyBudget.ts"
import { badRequest, forbidden, HttpFault, notFound, overloaded, unauthorized } from "./HttpFault.ts"
import { fromPluginResponse, type Plugin } from "./Plugin.ts"
import { isServerTrouble, problemResponse } from "./Problem.ts"
import { readBytes, readJson } from "./requestBody.ts"
import type { SystemPages } from "./SystemPages.ts"
import { toFetchRequest } from "./toFetchRequest.ts"
import { watchEnd } from "./watchEnd.ts"

export interface ApplicationOptions {
  readonly parts: ServerParts
  readonly signIn: SignIn
  readonly pages: SystemPages
  readonly trustedOrigins: ReadonlyArray<string>
  readonly plugins: ReadonlyArray<Plugin>
  readonly onTrouble: (error: unknown) => void
  /** Bodies that are being read or handled, together; beyond it the answer is 503. */
  readonly mostBodyBytes: number
  readonly isClosed: () => boolean
}

const corsHeaders = (origin: string): Readonly<Record<string, string>> => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "retry-after, content-range, etag",
  vary: "Origin"
})

const preflightHeaders = {
  "access-control-allow-methods": "GET, POST, PATCH, DELETE, HEAD, OPTIONS",
  "access-control-allow-headers":
    "authorization, content-type, idempotency-key, last-event-id, range, wanllmdb-writer, wanllmdb-sequence",
  "access-control-max-age": "600"
}

export class Application {
  readonly #options: ApplicationOptions
  readonly #router = new Router(allRoutes)
  readonly #budget: BodyBudget
  #underWay = 0
  #onIdle: (() => void) | null = null

  constructor(options: ApplicationOptions) {
    this.#options = options
    this.#budget = new BodyBudget(options.mostBodyBytes)
  }

  readonly respond = async (request: ApiRequest): Promise<ApiResponse> => {
    const { measures } = this.#options.parts
    this.#underWay++
    const started = performance.now()
    const seen: { route: string } = { route: "other" }
    let response: ApiResponse
    try {
      response = await this.#answer(request, seen)
    } catch (error) {
      if (isServerTrouble(error)) this.#options.onTrouble(error)
      response = problemResponse(error)
    }
    measures.observe(seen.route, response.status, performance.now() - started)
    // What is still being read from the stores while it is sent is under way too.
    const { body } = response
    if (isStream(body)) response = { ...response, body: watchEnd(body, this.#ended) }
    else this.#ended()
    return this.#withCors(request, response)
  }

  readonly #ended = (): void => {
    if (--this.#underWay === 0) this.#onIdle?.()
  }

  /** Resolves when no call is under way, or after `mostMs`. */
  idle(mostMs: number): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, mostMs)
      this.#onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The rules that stand before everything, also before a WebSocket is opened. */
  readonly refuseForeign = (request: ApiRequest): void => {
    const reason = whyForeign(request, this.#options.trustedOrigins)
    if (reason !== null) throw forbidden(reason)
  }

  #withCors(request: ApiRequest, response: ApiResponse): ApiResponse {
    const origin = request.header("origin")
    if (origin === null || !isTrustedOrigin(origin, this.#options.trustedOrigins)) return response
    return { ...response, headers: { ...response.headers, ...corsHeaders(origin) } }
  }

  async #answer(request: ApiRequest, seen: { route: string }): Promise<ApiResponse> {
    if (this.#options.isClosed()) throw overloaded("The server is closing")
    if (!methods.has(request.method)) throw wrongMethod(["GET", "POST", "PATCH", "DELETE"])
    this.refuseForeign(request)
    const { path } = request
    const open = this.#options.pages.answer(request, this.#options.signIn)
    if (open !== null) {
      seen.route = "system"
      return open
    }
    if (!path.startsWith(`${apiPrefix}/`)) return this.#plugin(request, seen)
    const match = this.#router.match(request.method, path.slice(apiPrefix.length))
    if (request.method === "OPTIONS" && match.kind !== "none") return preflight(match)
    switch (match.kind) {
      case "badEncoding":
        throw badRequest("path", "percent-encoded UTF-8", path.slice(0, 80))
      case "wrongMethod":
        throw wrongMethod(match.allow)
      case "none":
        return this.#plugin(request, seen)
    }
    seen.route = match.route.id
    return this.#call(request, match.route, match.params)
  }

  async #call(request: ApiRequest, route: Route, params: Readonly<Record<string, string>>): Promise<ApiResponse> {
    const { parts, signIn } = this.#options
    const identity = route.action === "open" ? anonymous : await signIn.identify(request)
    if (identity === null) throw unauthorized("Sign in with an API key (Authorization: Bearer …) or a token")
    const share = this.#budget.share()
    try {
      const payload = await readPayload(request, route, share)
      const { principal } = identity
      // One run of Effect from here to the answer.
      return await runExit(
        Effect.flatMap(this.#target(route, params, principal), (target) =>
          route.handle({ request, params, identity, principal, target, payload }, parts)
        )
      )
    } finally {
      share.release()
    }
  }

  /** The project or run of the address, if the caller may know of it; else the same 404 as for one that is not there. */
  #target(
    { action, on }: Route,
    params: Readonly<Record<string, string>>,
    principal: Principal
  ): Effect.Effect<Project | RunTarget | null, unknown> {
    const { engine } = this.#options.parts
    if (on === "run") {
      const ref = params.run ?? ""
      return Effect.flatMap(engine.runs.locate(ref), (target) => {
        const resource: Resource = { kind: "run", entity: target.entity, project: target.project, run: target.id }
        return this.#checked(target, principal, action, resource, () => new RunNotFound({ run: ref }))
      })
    }
    if (on === "project") {
      const ref = params.project ?? ""
      return Effect.flatMap(engine.projects.get(ref), (target) => {
        const { entity, id: project, visibility } = target
        const resource: Resource = { kind: "project", entity, project, visibility }
        return this.#checked(target, principal, action, resource, () => new ProjectNotFound({ project: ref }))
      })
    }
    return this.#checked(null, principal, action, { kind: "server" }, () => notFound("Nothing is here"))
  }

  #checked<Target>(
    target: Target,
    principal: Principal,
    action: Route["action"],
    resource: Resource,
    hidden: () => Error
  ): Effect.Effect<Target, Error> {
    if (action === "open" || action === "signedIn") return Effect.succeed(target)
    const conclude = (decision: Decision): Effect.Effect<Target, Error> => {
      if (decision === "allow") return Effect.succeed(target)
      return Effect.fail(decision === "hide" ? hidden() : refusal(action, principal))
    }
    const decision = this.#decide(principal, action, resource)
    return decision instanceof Promise
      ? Effect.flatMap(
          Effect.promise(() => decision),
          conclude
        )
      : conclude(decision)
  }

  #decide(principal: Principal, action: Action, resource: Resource): Decision | Promise<Decision> {
    return this.#options.parts.access.decide(principal, action, resource)
  }

  async #plugin(request: ApiRequest, seen: { route: string }): Promise<ApiResponse> {
    const { parts, plugins, signIn } = this.#options
    if (plugins.length > 0) {
      const identity = await signIn.identify(request).catch((error: unknown) => {
        // A page that asks for sign-in must be served to those who have none.
        if (error instanceof HttpFault && error.status === 401) return null
        throw error
      })
      const principal = identity?.principal ?? null
      const fetchRequest = toFetchRequest(request)
      const share = this.#budget.share()
      const context = {
        principal,
        path: request.path,
        basePath: request.basePath,
        engine: parts.engine,
        share,
        can: async (action: Action, resource: Resource) =>
          principal !== null && (await this.#decide(principal, action, resource)) === "allow"
      }
      try {
        for (const plugin of plugins) {
          const response = await plugin.handle(fetchRequest, context)
          if (response === null) continue
          seen.route = `plugin ${plugin.name}`
          return fromPluginResponse(response)
        }
      } finally {
        share.release()
      }
    }
    throw notFound(`Nothing is at ${request.path.slice(0, 200)}`)
  }
}

/** Methods that protocols of plugins may use too; a web `Request` cannot even be made for CONNECT and TRACE. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

const wrongMethod = (allow: ReadonlyArray<string>): HttpFault => {
  const names = allow.join(", ")
  return new HttpFault({
    status: 405,
    title: "Method not allowed",
    detail: `This address answers ${names}`,
    headers: { allow: names }
  })
}

const anonymous: Identity = {
  principal: { id: "", name: "", role: "viewer", via: "host", actions: [] },
  expiresAt: null,
  origins: null
}

const readPayload = (request: ApiRequest, route: Route, share: BodyShare): Promise<unknown> | undefined => {
  if (route.bodyKind === "none" || route.bodyKind === "stream") return undefined
  // What is announced is counted before it comes, what is not as it comes.
  share.atLeast(Number(request.header("content-length") ?? 0) || 0)
  switch (route.bodyKind) {
    case "json":
      return readJson(request, route.bodyLimitBytes, share, false)
    case "optionalJson":
      return readJson(request, route.bodyLimitBytes, share, true)
    case "bytes": {
      const { parsedBody } = request
      const isObject = typeof parsedBody === "object" && parsedBody !== null && !(parsedBody instanceof Uint8Array)
      return isObject ? Promise.resolve(parsedBody) : readBytes(request, route.bodyLimitBytes, share)
    }
  }
}

/** A call runs with no tracer that could show its spans, so none are made. */
const untraced = Context.make(References.TracerEnabled, false)

/** Runs to the end and throws the error itself, typed or not. */
const runExit = async <A>(effect: Effect.Effect<A, unknown>): Promise<A> => {
  const exit = await Effect.runPromiseExitWith(untraced)(effect)
  if (Exit.isSuccess(exit)) return exit.value
  throw Cause.squash(exit.cause)
}

const preflight = (match: ReturnType<Router["match"]>): ApiResponse => {
  const allow = match.kind === "wrongMethod" ? match.allow.join(", ") : "OPTIONS"
  return { status: 204, headers: { ...preflightHeaders, allow }, body: null }
}
