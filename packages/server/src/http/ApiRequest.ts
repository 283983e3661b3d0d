/**
 * What a transport hands to the application and gets back. `node:http` and fetch each fill it in their own cheapest way, so a
 * frame posted to a bare Node server never becomes a web `Request`.
 */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string
  /** Below the mount, still percent-encoded, starting with `/`. */
  readonly path: string
  /** Where the application is mounted: `""` or `/prefix`. */
  readonly basePath: string
  readonly query: URLSearchParams
  /** A header by its lower-case name. */
  header(name: string): string | null
  /** Address of the other end of the connection, where the transport knows it. */
  readonly peer: string | null
  /** Whether the connection, or the proxy that the host trusts, is TLS. */
  readonly secure: boolean
  /** The host's own request object, for its authenticate function. */
  readonly raw: unknown
  /** The body where a parser of the host took it already: an object, a string or bytes; else undefined. */
  readonly parsedBody: unknown
  /**
   * The whole body; rejects with a `HttpFault` 413 when it is longer. `onBytes` hears how many bytes came so far, and ends the
   * reading by throwing.
   */
  read(limitBytes: number, onBytes: (bytes: number) => void): Promise<Uint8Array>
  stream(): AsyncIterable<Uint8Array>
}

export interface ApiResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null
}

/** On every answer, whichever transport: no browser may take JSON or a user's text for something that runs. */
export const everyAnswer: Readonly<Record<string, string>> = { "x-content-type-options": "nosniff" }

export const isStream = (body: ApiResponse["body"]): body is AsyncIterable<Uint8Array> =>
  body !== null && typeof body === "object" && !(body instanceof Uint8Array)

/** JSON with status 200. Values must be JSON already: non-finite numbers as strings, times as ISO 8601. */
export const json = (value: unknown, status = 200): ApiResponse => jsonText(JSON.stringify(value), status)

/** JSON that is written already. */
export const jsonText = (body: string, status = 200): ApiResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body
})

export const noContent: ApiResponse = { status: 204, headers: {}, body: null }

export const text = (value: string, status = 200): ApiResponse => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: value
})
