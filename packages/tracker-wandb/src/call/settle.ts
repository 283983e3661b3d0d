/** Runs effects of the engine for a protocol that speaks in statuses: the engine's errors become `ClientFault`. */
import { Cause, Effect, Exit } from "effect"
import { ClientFault } from "../wire/ClientFault.ts"

interface Tagged {
  readonly _tag: string
  readonly message: string
}

const isTagged = (error: unknown): error is Tagged =>
  typeof error === "object" && error !== null && "_tag" in error && typeof error._tag === "string" && "message" in error

const statusOf: Readonly<Record<string, number>> = {
  RunNotFound: 404,
  ProjectNotFound: 404,
  RunFileNotFound: 404,
  BlobNotFound: 404,
  InvalidInput: 400,
  BlobMismatch: 400,
  RunSlugTaken: 409,
  ProjectSlugTaken: 409
}

/** What an error of the engine means to the client. A store that failed is worth another try; the client's queue waits. */
export const toFault = (error: unknown): unknown => {
  if (error instanceof ClientFault || !isTagged(error)) return error
  const status = statusOf[error._tag]
  if (status !== undefined) return new ClientFault(status, error.message)
  if (error._tag === "StoreError") return new ClientFault(503, "The store is busy or broken; try again", 2)
  return error
}

export const settle = async <A>(effect: Effect.Effect<A, unknown>): Promise<A> => {
  const exit = await Effect.runPromiseExit(effect)
  if (Exit.isSuccess(exit)) return exit.value
  throw toFault(Cause.squash(exit.cause))
}

/** As `settle`, with null where the thing does not exist. */
export const settleFound = <A>(effect: Effect.Effect<A, unknown>): Promise<A | null> => nullIfMissing(settle(effect))

/** Null in place of the fault that says that the thing does not exist, or may not be known of. */
export const nullIfMissing = async <A>(finding: Promise<A | null>): Promise<A | null> => {
  try {
    return await finding
  } catch (error) {
    if (error instanceof ClientFault && error.status === 404) return null
    throw error
  }
}
