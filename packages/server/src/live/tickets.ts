/** One-use secrets in the identity store: tickets that open a WebSocket and codes of sign-in links. Any server can take them. */
import { createHash, randomBytes } from "node:crypto"
import type { IdentityStore, StoreError } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Identity } from "../auth/Auth.ts"

const ticketMs = 30_000

const nameOf = (kind: string, secret: string) => `${kind}:${createHash("sha256").update(secret).digest("hex")}`

export const makeSecret = (
  store: IdentityStore["Service"],
  kind: string,
  value: unknown,
  expiresAt: number
): Effect.Effect<string, StoreError> =>
  Effect.suspend(() => {
    const secret = randomBytes(32).toString("base64url")
    return Effect.as(store.putSecret(nameOf(kind, secret), JSON.stringify(value), expiresAt), secret)
  })

/** The value, once; null when it is unknown, was taken or is too old. */
export const takeSecret = (
  store: IdentityStore["Service"],
  kind: string,
  secret: string,
  now: number
): Effect.Effect<unknown, StoreError> =>
  Effect.map(store.takeSecret(nameOf(kind, secret), now), (value) => (value === null ? null : JSON.parse(value)))

export const makeTicket = (store: IdentityStore["Service"], identity: Identity, now: number) =>
  makeSecret(store, "ticket", identity, now + ticketMs)

export const takeTicket = (store: IdentityStore["Service"], ticket: string, now: number) =>
  // What comes out is what `makeTicket` put in.
  Effect.map(takeSecret(store, "ticket", ticket, now), (value) => value as Identity | null)
