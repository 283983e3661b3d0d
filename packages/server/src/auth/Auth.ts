/**
 * How callers sign in and what they may do. A host gives functions; `localAuth()` and `keysAuth()` are ready ones for the
 * reference server. Whatever signs a caller in, embed tokens and live tickets of this server work beside it.
 */
import type { Action, Principal, Resource, Role, Scope } from "@wanllmdb/core"
import type { AuthRequest } from "./AuthRequest.ts"

type Awaitable<A> = A | Promise<A>

/** What a host says about a caller. Role defaults to `member`, name to the id. */
export interface HostPrincipal {
  readonly id: string
  readonly name?: string
  readonly role?: Role
  readonly impersonate?: boolean
  /** Ids of the only projects it reaches. */
  readonly projects?: ReadonlyArray<string>
  readonly actions?: ReadonlyArray<Action>
  /** `cookie` when the host signed it in by a cookie: unsafe methods then need an `Origin`. Default `host`. */
  readonly via?: "host" | "cookie"
}

export interface HostAuth {
  /** Null when nobody is signed in: the caller gets 401. */
  authenticate(request: AuthRequest): Awaitable<HostPrincipal | null>
  /** Default: by the principal's role. */
  authorize?(principal: Principal, action: Action, resource: Resource): Awaitable<boolean>
  /** Which rows lists and live queries show. Default: all, or the principal's projects. */
  scope?(principal: Principal): Awaitable<Scope>
  /** Whether keys made by `/api/v1/keys` sign in too, for training jobs. Default true. */
  readonly apiKeys?: boolean
}

/** Everyone on this machine is one user with every right. Allowed only while bound to a loopback address. */
export interface LocalAuth {
  readonly kind: "local"
  readonly user: string
}

/** Callers sign in with API keys, or with the cookie that a key or a sign-in link was exchanged for. */
export interface KeysAuth {
  readonly kind: "keys"
}

export type Auth = HostAuth | LocalAuth | KeysAuth

export const localAuth = (options: { readonly user?: string | undefined } = {}): LocalAuth => ({
  kind: "local",
  user: options.user ?? "local"
})

export const keysAuth = (): KeysAuth => ({ kind: "keys" })

export const isBuiltIn = (auth: Auth): auth is LocalAuth | KeysAuth => "kind" in auth

/** A caller who is signed in, and how long that holds. */
export interface Identity {
  readonly principal: Principal
  /** Unix milliseconds; null while the host says so at each request. */
  readonly expiresAt: number | null
  /** Pages that may use the token; null means any that passes the origin rule. */
  readonly origins: ReadonlyArray<string> | null
}
