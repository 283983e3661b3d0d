/** One call to the server: JSON or bytes out, JSON back, and every failure as one error that says whether to try again. */
import { wellFormedJson } from "../spool/wellFormedJson.ts"

export class TransportError extends Error {
  override readonly name = "TransportError"
  /** 0 when no answer came. */
  readonly status: number
  /** The server's wish, milliseconds; null when it has none. */
  readonly retryAfterMs: number | null
  /** The problem document, when one came. */
  readonly problem: Readonly<Record<string, unknown>>

  constructor(
    message: string,
    status: number,
    retryAfterMs: number | null = null,
    problem: Readonly<Record<string, unknown>> = {}
  ) {
    super(message)
    this.status = status
    this.retryAfterMs = retryAfterMs
    this.problem = problem
  }

  /** Whether the same call may succeed later: no answer, overload, or a fault of the server. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500
  }
}

/** The server read it and will refuse it again: not a matter of sign-in, of a missing run or of its load. */
export const isRefusal = (status: number): boolean =>
  status === 400 || status === 413 || status === 415 || status === 422

export interface TransportOptions {
  /** Where the server is mounted: `http://127.0.0.1:8080` or `https://host/ml`. */
  readonly url: string
  readonly apiKey?: string | undefined
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined
}

export interface Call {
  readonly json?: unknown
  readonly bytes?: Uint8Array | Blob | undefined
  readonly contentType?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Default 30 s. */
  readonly timeoutMs?: number | undefined
}

export class Transport {
  readonly url: string
  readonly apiKey: string | undefined
  readonly #fetch: typeof fetch

  constructor(options: TransportOptions) {
    this.url = options.url.replace(/\/+$/, "")
    this.apiKey = options.apiKey
    this.#fetch = options.fetch ?? fetch
  }

  /** `path` is below `/api/v1`. Answers the parsed body, null when there is none; rejects with `TransportError`. */
  async call(method: string, path: string, call: Call = {}): Promise<unknown> {
    const headers: Record<string, string> = { accept: "application/json", ...call.headers }
    if (this.apiKey !== undefined) headers.authorization = `Bearer ${this.apiKey}`
    let body: string | Uint8Array | Blob | undefined
    if (call.bytes !== undefined) {
      body = call.bytes
      headers["content-type"] = call.contentType ?? "application/octet-stream"
    } else if (call.json !== undefined) {
      body = wellFormedJson(call.json)
      headers["content-type"] = "application/json"
    }
    let response: Response
    let text: string
    try {
      response = await this.#fetch(`${this.url}/api/v1${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(call.timeoutMs ?? 30_000),
        ...(body === undefined ? {} : { body: body as NonNullable<RequestInit["body"]> })
      })
      text = await response.text()
    } catch (error) {
      throw new TransportError(`no answer from ${this.url}: ${reasonOf(error)}`, 0)
    }
    const parsed = parse(text)
    if (response.ok) return parsed
    const problem = isObject(parsed) ? parsed : {}
    const detail = typeof problem.detail === "string" ? problem.detail : (problem.title ?? response.statusText)
    throw new TransportError(
      `${method} ${path} answered ${response.status}: ${String(detail)}`,
      response.status,
      retryAfter(response.headers.get("retry-after")),
      problem
    )
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const parse = (text: string): unknown => {
  try {
    return text === "" ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** Seconds or an HTTP date, as RFC 9110 has it. */
const retryAfter = (value: string | null): number | null => {
  if (value === null) return null
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}

/** `fetch failed` says nothing; its cause does. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? error.cause : undefined
  const code = cause !== undefined && "code" in cause ? String(cause.code) : ""
  return code !== "" ? code : (cause?.message ?? error.message)
}
