/** What a host's authenticate function is given: enough of a web `Request` for most, and the host's own request object. */
import type { ApiRequest } from "../http/ApiRequest.ts"

export interface AuthRequest {
  readonly method: string
  /** Path below the mount with its query. */
  readonly url: string
  readonly headers: { get(name: string): string | null }
  /** Address of the connection's other end, where known. */
  readonly peer: string | null
  /** The web `Request` or Node request that the host passed in, with whatever its middleware hung on it. */
  readonly raw: unknown
}

export const authRequestOf = (request: ApiRequest): AuthRequest => ({
  method: request.method,
  get url() {
    const query = request.query.toString()
    return query === "" ? request.path : `${request.path}?${query}`
  },
  headers: { get: (name) => request.header(name.toLowerCase()) },
  peer: request.peer,
  raw: request.raw
})
