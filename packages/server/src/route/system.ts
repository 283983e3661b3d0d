/** Routes about the caller and the server: who am I, sessions of the web app, live tickets and streams. */
import { Principal } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { sessionCookie, sessionSeconds } from "../auth/Tokens.ts"
import { type ApiResponse, json } from "../http/ApiRequest.ts"
import { unauthorized } from "../http/HttpFault.ts"
import { route } from "./Route.ts"
import { shape } from "./shapes.ts"

export const cookieText = (value: string, basePath: string, secure: boolean, seconds: number): string =>
  `${sessionCookie}=${value}; Path=${basePath === "" ? "/" : basePath}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`

export const systemRoutes = [
  route({
    id: "auth.me",
    method: "GET",
    path: "/auth/me",
    summary: "Who the caller is and may do",
    action: "signedIn",
    on: "server",
    answers: [shape(200, "The caller", Principal)],
    handle: ({ principal }) => Effect.succeed(json(principal))
  }),
  route({
    id: "auth.openSession",
    method: "POST",
    path: "/auth/session",
    summary: "Exchanges an API key for a session cookie, so that a browser need not hold the key",
    action: "open",
    on: "server",
    body: Schema.Struct({ key: Schema.String }),
    answers: [shape(200, "The caller; the cookie is set", Principal)],
    handle: ({ body, request }, { engine, tokens, basePath }) =>
      Effect.gen(function* () {
        const principal = yield* engine.keys.authenticate(body.key)
        if (principal === null) return yield* unauthorized("The API key is not known, was revoked or has expired")
        const cookie = cookieText(
          tokens.openSession(principal),
          request.basePath || basePath,
          request.secure,
          sessionSeconds
        )
        const answer: ApiResponse = json({ ...principal, via: "cookie" })
        return { ...answer, headers: { ...answer.headers, "set-cookie": cookie } }
      })
  }),
  route({
    id: "auth.closeSession",
    method: "DELETE",
    path: "/auth/session",
    summary: "Forgets the session cookie",
    action: "open",
    on: "server",
    answers: [shape(204, "Forgotten")],
    handle: ({ request }, { basePath }) =>
      Effect.succeed({
        status: 204,
        headers: { "set-cookie": cookieText("", request.basePath || basePath, request.secure, 0) },
        body: null
      })
  })
]
