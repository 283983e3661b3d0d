/** An answer that tells the client what is wrong in a status it understands: 4xx is final, 429 and 503 are tried again. */
export class ClientFault extends Error {
  readonly status: number
  readonly retryAfterSeconds: number | null

  constructor(status: number, message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.name = "ClientFault"
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Names the field and the rule; what the client sent is never repeated beyond its kind. */
export const badField = (path: string, rule: string, got: unknown): ClientFault =>
  new ClientFault(400, `${path}: must be ${rule}, got ${kindOf(got)}`)

const kindOf = (value: unknown): string => {
  if (value === null) return "null"
  if (value === undefined) return "nothing"
  return Array.isArray(value) ? "a list" : `a ${typeof value}`
}
