/**
 * What answers one GraphQL operation of the client. Clients send the same few documents, so operations are found by name and
 * answer every field that any version of the document asks for; what a version does not ask for, it ignores.
 */
import type { Call } from "../call/Call.ts"
import type { Variables } from "./Variables.ts"

export type Operation = (
  variables: Variables,
  call: Call,
  /** The document, for operations that answer costly fields only when they are asked for. */
  document: string
) => Promise<Readonly<Record<string, unknown>>>

export type Operations = Readonly<Record<string, Operation>>
