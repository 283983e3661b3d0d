/** Finds out who a request is from: embed token, then key, then cookie, then the host's function or the local rule. */
import type { Principal } from "@wanllmdb/core"
import type { ApiRequest } from "../http/ApiRequest.ts"
import { forbidden, unauthorized } from "../http/HttpFault.ts"
import { type Auth, type HostPrincipal, type Identity, isBuiltIn } from "./Auth.ts"
import { authRequestOf } from "./AuthRequest.ts"
import type { LivingKeys } from "./LivingKeys.ts"
import { whyNotLocal } from "./loopback.ts"
import { whyCookieRefused } from "./originRule.ts"
import { sessionCookie, type Tokens } from "./Tokens.ts"

export interface SignInOptions {
  readonly auth: Auth
  readonly tokens: Tokens
  readonly findKey: (key: string) => Promise<Principal | null>
  readonly keys: LivingKeys
}

const lasting = (principal: Principal): Identity => ({ principal, expiresAt: null, origins: null })

/** The secret of `Authorization: Bearer KEY` or of Basic with any user (`api:KEY`). */
export const credentialOf = (request: Pick<ApiRequest, "header">): string | null => {
  const header = request.header("authorization")
  if (header === null) return null
  const space = header.indexOf(" ")
  const scheme = header.slice(0, space).toLowerCase()
  const value = header.slice(space + 1).trim()
  if (scheme === "bearer") return value
  if (scheme !== "basic") return null
  const pair = Buffer.from(value, "base64").toString("utf8")
  const colon = pair.indexOf(":")
  return colon < 0 ? null : pair.slice(colon + 1)
}

export const cookieOf = (request: Pick<ApiRequest, "header">, name: string): string | null => {
  const match = request
    .header("cookie")
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
  return match === undefined ? null : match.slice(name.length + 1)
}

const hostPrincipal = (given: HostPrincipal): Principal => ({
  id: given.id,
  name: given.name ?? given.id,
  role: given.role ?? "member",
  via: given.via ?? "host",
  ...(given.impersonate !== undefined && { impersonate: given.impersonate }),
  ...(given.projects !== undefined && { projects: given.projects }),
  ...(given.actions !== undefined && { actions: given.actions })
})

/** Acting for another user: `Wanllmdb-User`, or the header that W&B's client sends. */
const actingFor = (request: ApiRequest, principal: Principal): Principal => {
  const name = request.header("wanllmdb-user") ?? request.header("x-wandb-username")
  if (name === null || name === "" || name === principal.name || principal.via === "local") return principal
  if (principal.impersonate !== true) throw forbidden("Acting for another user needs a key with the impersonate right")
  return { ...principal, id: name, name }
}

export class SignIn {
  readonly #options: SignInOptions

  constructor(options: SignInOptions) {
    this.#options = options
  }

  /** Null when nobody is signed in; a `HttpFault` when a credential is there but does not hold. */
  async identify(request: ApiRequest): Promise<Identity | null> {
    const identity = await this.#find(request)
    if (identity === null) return null
    if (identity.principal.via === "cookie") {
      const reason = whyCookieRefused(request)
      if (reason !== null) throw forbidden(reason)
    }
    const principal = actingFor(request, identity.principal)
    return principal === identity.principal ? identity : { ...identity, principal }
  }

  /** Signs in a credential that came in a message and not in a header. */
  async fromCredential(credential: string, origin: string | null): Promise<Identity | null> {
    const { tokens, auth } = this.#options
    if (tokens.isEmbedToken(credential)) return this.#embed(credential, origin)
    if (isBuiltIn(auth) ? auth.kind === "local" : auth.apiKeys === false) return null
    const principal = await this.#options.findKey(credential)
    return principal === null ? null : lasting(principal)
  }

  #embed(token: string, origin: string | null): Identity {
    const identity = this.#options.tokens.readEmbedToken(token)
    if (identity === null) throw unauthorized("The embed token is not valid or has expired")
    if (identity.origins !== null && origin !== null && !identity.origins.includes(origin)) {
      throw forbidden(`The embed token is not for pages of ${origin}`)
    }
    return identity
  }

  async #find(request: ApiRequest): Promise<Identity | null> {
    const { auth, tokens, findKey } = this.#options
    const credential = credentialOf(request)
    if (credential !== null && tokens.isEmbedToken(credential)) return this.#embed(credential, request.header("origin"))
    if (!isBuiltIn(auth)) {
      if (credential !== null && auth.apiKeys !== false) {
        const principal = await findKey(credential)
        if (principal !== null) return lasting(principal)
      }
      const given = await auth.authenticate(authRequestOf(request))
      return given === null ? null : lasting(hostPrincipal(given))
    }
    if (auth.kind === "local") {
      const reason = whyNotLocal(request)
      if (reason !== null) throw unauthorized(`Local mode answers only this machine's own user: ${reason}`)
      return lasting({ id: auth.user, name: auth.user, role: "admin", via: "local" })
    }
    if (credential !== null) {
      const principal = await findKey(credential)
      if (principal === null) throw unauthorized("The API key is not known, was revoked or has expired")
      return lasting(principal)
    }
    const cookie = cookieOf(request, sessionCookie)
    const session = cookie === null ? null : tokens.readSession(cookie)
    return session !== null && (await this.#options.keys.holds(session.principal)) ? session : null
  }
}
