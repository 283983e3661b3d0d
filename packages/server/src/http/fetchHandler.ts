/** The application as `(Request) => Promise<Response>`, for Hono, Next, Bun, workers and tests. */
import { type ApiRequest, type ApiResponse, everyAnswer, isStream } from "./ApiRequest.ts"
import { tooLarge } from "./HttpFault.ts"
import { stripBase } from "./mountPath.ts"

export interface RequestInfo {
  /** Address of the connection's other end. Local mode needs it: a request from nobody knows where is nobody's. */
  readonly peer?: string | undefined
  /** What a body parser of the host already read, where it consumed the request. */
  readonly body?: unknown
}

const fromFetch = (request: Request, basePath: string, info: RequestInfo | undefined): ApiRequest | null => {
  const url = new URL(request.url)
  const path = stripBase(url.pathname, basePath)
  if (path === null) return null
  return {
    method: request.method,
    path,
    basePath,
    query: url.searchParams,
    header: (name) => (name === "host" ? (request.headers.get("host") ?? url.host) : request.headers.get(name)),
    peer: info?.peer ?? null,
    secure: url.protocol === "https:",
    raw: request,
    parsedBody: info?.body,
    async read(limitBytes, onBytes) {
      if (Number(request.headers.get("content-length")) > limitBytes) throw tooLarge(limitBytes)
      const parts: Array<Uint8Array> = []
      let total = 0
      for await (const part of streamOf(request)) {
        total += part.length
        if (total > limitBytes) throw tooLarge(limitBytes)
        onBytes(total)
        parts.push(part)
      }
      if (parts.length === 1) return parts[0]!
      const whole = new Uint8Array(total)
      let at = 0
      for (const part of parts) {
        whole.set(part, at)
        at += part.length
      }
      return whole
    },
    stream: () => streamOf(request)
  }
}

async function* streamOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body === null) return
  const reader = request.body.getReader()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const toStream = (source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const iterator = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    }
  })
}

const toFetch = (response: ApiResponse, head: boolean): Response => {
  const headers = new Headers(everyAnswer)
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === "string") headers.set(name, value)
    else for (const each of value) headers.append(name, each)
  }
  const { body, status } = response
  if (head || body === null) {
    if (head && typeof body === "string") headers.set("content-length", String(new TextEncoder().encode(body).length))
    if (isStream(body)) void body[Symbol.asyncIterator]().return?.()
    return new Response(null, { status, headers })
  }
  if (isStream(body)) return new Response(toStream(body), { status, headers })
  return new Response(typeof body === "string" ? body : new Uint8Array(body), { status, headers })
}

export const makeFetchHandler =
  (respond: (request: ApiRequest) => Promise<ApiResponse>, basePath: string) =>
  async (request: Request, info?: RequestInfo): Promise<Response> => {
    const incoming = fromFetch(request, basePath, info)
    if (incoming === null) return new Response("Not found", { status: 404, headers: everyAnswer })
    return toFetch(await respond(incoming), request.method === "HEAD")
  }
