/**
 * The credentials that browsers hold instead of keys: embed tokens that a host's backend mints, and the session cookie that a
 * key or a sign-in link is exchanged for. Both are signed, scoped and expire.
 */
import { Action, Principal } from "@wanllmdb/core"
import { Schema } from "effect"
import type { Identity } from "./Auth.ts"
import { openText, signText } from "./SignedText.ts"

const embedPrefix = "wle_"
const sessionPrefix = "wls_"

export const sessionCookie = "wanllmdb_session"
export const sessionSeconds = 14 * 24 * 3600

const Claims = Schema.Struct({
  principal: Principal,
  /** Unix milliseconds. */
  expiresAt: Schema.Finite,
  origins: Schema.NullOr(Schema.Array(Schema.String))
})

const readClaims = Schema.decodeUnknownOption(Claims)

export interface MintOptions {
  /** Whom the token stands for, such as the host's signed-in user. */
  readonly principal: { readonly id: string; readonly name?: string; readonly role?: Principal["role"] }
  /** Ids of the only projects it reaches. Default: what the principal reaches. */
  readonly projects?: ReadonlyArray<string> | undefined
  /** Default: reading only. */
  readonly actions?: ReadonlyArray<Action> | undefined
  /** Seconds; default 900, at most a day. */
  readonly expiresIn?: number | undefined
  /** Origins of the pages that may use it. Default: any that passes the origin rule. */
  readonly origins?: ReadonlyArray<string> | undefined
}

const readActions: ReadonlyArray<Action> = ["project.read", "run.read", "file.read"]

export class Tokens {
  readonly #secrets: ReadonlyArray<string>
  readonly #now: () => number

  constructor(secrets: ReadonlyArray<string>, now: () => number) {
    this.#secrets = secrets
    this.#now = now
  }

  mint(options: MintOptions): string {
    const seconds = options.expiresIn ?? 900
    if (!(seconds > 0 && seconds <= 86_400))
      throw new RangeError(`expiresIn must be 1 to 86400 seconds, got ${seconds}`)
    const { id, name = id, role = "viewer" } = options.principal
    const unknown = (options.actions ?? []).find((action) => !Action.literals.includes(action))
    if (unknown !== undefined) throw new RangeError(`actions: "${unknown}" is not an action`)
    const principal: Principal = {
      id,
      name,
      role,
      via: "token",
      actions: options.actions ?? readActions,
      ...(options.projects !== undefined && { projects: options.projects })
    }
    return this.#sign(embedPrefix, {
      principal,
      expiresAt: this.#now() + seconds * 1000,
      origins: options.origins ?? null
    })
  }

  openSession(principal: Principal): string {
    const expiresAt = this.#now() + sessionSeconds * 1000
    return this.#sign(sessionPrefix, { principal: { ...principal, via: "cookie" }, expiresAt, origins: null })
  }

  isEmbedToken(text: string): boolean {
    return text.startsWith(embedPrefix)
  }

  /** Null when the token is not ours, was changed or has expired. */
  readEmbedToken(text: string): Identity | null {
    return this.#read(embedPrefix, text)
  }

  readSession(text: string): Identity | null {
    return this.#read(sessionPrefix, text)
  }

  #sign(prefix: string, claims: typeof Claims.Type): string {
    return signText(this.#secrets, prefix, claims)
  }

  #read(prefix: string, text: string): Identity | null {
    const claims = readClaims(openText(this.#secrets, prefix, text))
    if (claims._tag === "None" || claims.value.expiresAt <= this.#now()) return null
    return claims.value
  }
}
