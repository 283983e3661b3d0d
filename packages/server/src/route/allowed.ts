/** Asks for a right in the middle of a handler, where the resource is known only from the body. */
import type { Action, Principal, Resource } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Access } from "../auth/Access.ts"
import { forbidden, type HttpFault, notFound } from "../http/HttpFault.ts"

export const refusal = (action: Action, principal: Principal): HttpFault =>
  forbidden(`${principal.name} (${principal.role}) may not do ${action} here`)

export const allowed = (
  access: Access,
  call: { readonly principal: Principal },
  action: Action,
  resource: Resource
): Effect.Effect<void, HttpFault> =>
  Effect.flatMap(
    Effect.promise(async () => access.decide(call.principal, action, resource)),
    (decision) => {
      if (decision === "allow") return Effect.void
      return Effect.fail(
        decision === "hide" ? notFound("What the body names does not exist") : refusal(action, call.principal)
      )
    }
  )
