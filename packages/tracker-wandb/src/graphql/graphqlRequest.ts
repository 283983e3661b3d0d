/** Reads a GraphQL request: which operation, with which variables. */
import { badField, ClientFault } from "../wire/ClientFault.ts"
import { isFields, type JsonFields } from "./Variables.ts"

export interface GraphqlRequest {
  readonly operation: string
  readonly document: string
  readonly variables: JsonFields
}

const nameForm = /^\s*(?:#[^\n]*\n\s*)*(?:query|mutation)\s+(\w{1,128})/

export const readGraphqlRequest = (body: Uint8Array): GraphqlRequest => {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body))
  } catch {
    throw new ClientFault(400, "body: must be JSON in UTF-8, got bytes that do not parse")
  }
  if (!isFields(parsed)) throw badField("body", "an object", parsed)
  const { operationName, query, variables } = parsed
  if (typeof query !== "string") throw badField("query", "a GraphQL document", query)
  // Operations of the Python side leave operationName out.
  const named = typeof operationName === "string" && operationName !== "" ? operationName : nameForm.exec(query)?.[1]
  if (named === undefined) throw badField("query", "one named query or mutation", query)
  if (variables !== undefined && variables !== null && !isFields(variables)) {
    throw badField("variables", "an object", variables)
  }
  return { operation: named.slice(0, 128), document: query, variables: variables ?? {} }
}
