/** Accepts WebSockets: origin rule, sign-in by header, cookie or ticket, then a connection of its own. */
import { Effect } from "effect"
import type { Identity } from "../auth/Auth.ts"
import { cookieOf, credentialOf, type SignIn } from "../auth/SignIn.ts"
import { sessionCookie } from "../auth/Tokens.ts"
import type { ApiRequest } from "../http/ApiRequest.ts"
import { HttpFault, unauthorized } from "../http/HttpFault.ts"
import type { ServerParts } from "../route/Route.ts"
import { LiveConnection } from "./LiveConnection.ts"
import type { LiveSocket } from "./LiveSocket.ts"
import { takeTicket } from "./tickets.ts"

export interface LiveServerOptions {
  readonly parts: ServerParts
  readonly signIn: SignIn
  readonly refuseForeign: (request: ApiRequest) => void
  readonly onTrouble: (error: unknown) => void
}

export class LiveServer {
  readonly #options: LiveServerOptions
  readonly #connections = new Set<LiveConnection>()

  constructor(options: LiveServerOptions) {
    this.#options = options
  }

  /** What stands before an upgrade: throws a `HttpFault` when the request may not even open a socket. Null: not signed in yet. */
  async admit(request: ApiRequest): Promise<Identity | null> {
    this.#options.refuseForeign(request)
    const ticket = request.query.get("ticket")
    if (ticket !== null) {
      const identity = await this.#take(ticket)
      if (identity === null) throw unauthorized("The ticket is not valid, was used or has expired")
      return identity
    }
    return this.#options.signIn.identify(request).catch((error: unknown) => {
      // A browser cannot send a header: it signs in by its first message. A credential that came and is wrong is refused here.
      const came = credentialOf(request) !== null || cookieOf(request, sessionCookie) !== null
      if (error instanceof HttpFault && error.status === 401 && !came) return null
      throw error
    })
  }

  connect(socket: LiveSocket, request: ApiRequest, identity: Identity | null) {
    const { onTrouble, parts, signIn } = this.#options
    const connection = new LiveConnection(socket, {
      hub: parts.live,
      engine: parts.engine,
      access: parts.access,
      identity,
      signIn: ({ ticket, token }) => {
        if (ticket !== undefined) return this.#take(ticket)
        return token === undefined ? Promise.resolve(null) : signIn.fromCredential(token, request.header("origin"))
      },
      onTrouble
    })
    this.#connections.add(connection)
    const gone = () => this.#connections.delete(connection)
    socket.addEventListener("close", gone)
    socket.addEventListener("error", gone)
  }

  close() {
    for (const connection of this.#connections) connection.close(1001, "The server is closing")
    this.#connections.clear()
  }

  #take(ticket: string): Promise<Identity | null> {
    const { engine, now } = this.#options.parts
    return Effect.runPromise(takeTicket(engine.identity, ticket, now()))
  }
}
