/** `POST /graphql`: one operation, found by name. */
import type { Call } from "../call/Call.ts"
import { toFault } from "../call/settle.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { readBody } from "../wire/readBody.ts"
import { readGraphqlRequest } from "./graphqlRequest.ts"
import { operations } from "./operations.ts"
import { Variables } from "./Variables.ts"

/** A config may have 10 MB, and stands escaped in the body. */
const bodyLimitBytes = 64 * 1024 * 1024

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } })

export const faultResponse = (fault: ClientFault): Response =>
  json(
    fault.status,
    { errors: [{ message: fault.message }], error: fault.message },
    fault.retryAfterSeconds === null ? {} : { "retry-after": String(fault.retryAfterSeconds) }
  )

export const answerGraphql = async (call: Call, onUnknown: (operation: string) => void): Promise<Response> => {
  const { document, operation, variables } = readGraphqlRequest(
    await readBody(call.request, bodyLimitBytes, call.share)
  )
  const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (run === undefined) {
    onUnknown(operation)
    const message = `wanLLMDB does not support the operation ${operation}`
    return json(200, { data: null, errors: [{ message, path: [operation] }] })
  }
  try {
    return json(200, { data: await run(new Variables(variables), call, document) })
  } catch (error) {
    const fault = toFault(error)
    if (fault instanceof ClientFault && fault.status === 501) onUnknown(operation)
    if (fault instanceof ClientFault) return faultResponse(fault)
    throw fault
  }
}
