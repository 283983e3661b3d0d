/** One call over fetch: address, sign-in, problem documents. A token that ran out is renewed once, for all calls that wait. */
import type { ClientOptions } from "./ClientOptions.ts"
import { problemErrorOf } from "./ProblemError.ts"

type QueryValue = string | number | boolean | ReadonlyArray<string> | undefined

export interface CallInput {
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit | undefined
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
  readonly signal?: AbortSignal | undefined
}

/** `entity:project:slug` keeps its colons; slashes in file paths stay separators. */
export const segment = (text: string): string => encodeURIComponent(text).replaceAll("%3A", ":")
export const pathSegments = (path: string): string => path.split("/").map(encodeURIComponent).join("/")

export class Transport {
  readonly #options: ClientOptions
  readonly #base: string
  #token: Promise<string> | null = null

  constructor(options: ClientOptions) {
    this.#options = options
    this.#base = `${options.baseUrl.replace(/\/+$/, "")}/api/v1`
  }

  get hasCredential(): boolean {
    return this.#options.apiKey !== undefined || this.#options.getToken !== undefined
  }

  /** Where a WebSocket of the API is. */
  socketUrl(path: string): string {
    const here = typeof location === "undefined" ? undefined : location.href
    const url = new URL(`${this.#base}${path}`, here)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    return url.href
  }

  /** The answer when it is ok; else throws a `ProblemError`. */
  async send(method: string, path: string, input: CallInput = {}): Promise<Response> {
    const used = await this.#authorization()
    let response = await this.#fetch(method, path, input, used)
    // A body that streams is spent after one try.
    if (response.status === 401 && this.#options.getToken !== undefined && !(input.body instanceof ReadableStream)) {
      await response.body?.cancel()
      response = await this.#fetch(method, path, input, await this.#authorization(used))
    }
    if (!response.ok) throw await problemErrorOf(response)
    return response
  }

  async json<A>(method: string, path: string, input?: CallInput): Promise<A> {
    const response = await this.send(method, path, input)
    // The server keeps the declared shape; a test walks every route.
    return (await response.json()) as A
  }

  async done(method: string, path: string, input?: CallInput): Promise<void> {
    const response = await this.send(method, path, input)
    await response.body?.cancel()
  }

  /** `stale` is the header that was refused: a call that already waits for a newer token is joined. */
  async #authorization(stale?: string): Promise<string | undefined> {
    const { apiKey, getToken } = this.#options
    if (getToken === undefined) return apiKey === undefined ? undefined : `Bearer ${apiKey}`
    if (stale !== undefined && this.#token !== null && `Bearer ${await this.#token}` === stale) this.#token = null
    this.#token ??= getToken().catch((error: unknown) => {
      this.#token = null
      throw error
    })
    return `Bearer ${await this.#token}`
  }

  #fetch(method: string, path: string, input: CallInput, authorization: string | undefined): Promise<Response> {
    const { fetch = globalThis.fetch, headers } = this.#options
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(input.query ?? {})) {
      if (typeof value === "object") for (const each of value) query.append(name, each)
      else if (value !== undefined) query.set(name, String(value))
    }
    const sent: Record<string, string> = { ...headers }
    if (authorization !== undefined) sent.authorization = authorization
    if (input.json !== undefined) sent["content-type"] = "application/json"
    for (const [name, value] of Object.entries(input.headers ?? {})) if (value !== undefined) sent[name] = value
    const body = input.json === undefined ? input.body : JSON.stringify(input.json)
    const init: RequestInit & { duplex?: "half" } = { method, headers: sent }
    if (body !== undefined) init.body = body
    if (body instanceof ReadableStream) init.duplex = "half"
    if (input.signal !== undefined) init.signal = input.signal
    const text = query.toString()
    return fetch(`${this.#base}${path}${text === "" ? "" : `?${text}`}`, init)
  }
}
