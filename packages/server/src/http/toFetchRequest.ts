/** A web `Request` for plugins, whichever transport the request came by. */
import type { IncomingMessage } from "node:http"
import type { ApiRequest } from "./ApiRequest.ts"

const bodyless = (method: string) => method === "GET" || method === "HEAD"

const bodyOf = (request: ApiRequest): BodyInit | null => {
  if (bodyless(request.method)) return null
  const { parsedBody } = request
  if (parsedBody instanceof Uint8Array) return new Uint8Array(parsedBody)
  if (typeof parsedBody === "string") return parsedBody
  if (parsedBody !== undefined) return JSON.stringify(parsedBody)
  const iterator = request.stream()[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    async cancel() {
      await iterator.return?.()
    }
  })
}

const headersOf = (request: ApiRequest): Headers => {
  if (request.raw instanceof Request) return request.raw.headers
  const headers = new Headers()
  for (const [name, value] of Object.entries((request.raw as IncomingMessage).headers)) {
    if (value === undefined || name.startsWith(":")) continue
    if (typeof value === "string") headers.set(name, value)
    else for (const each of value) headers.append(name, each)
  }
  return headers
}

export const toFetchRequest = (request: ApiRequest): Request => {
  if (request.raw instanceof Request && request.parsedBody === undefined) return request.raw
  const query = request.query.toString()
  const scheme = request.secure ? "https" : "http"
  const host = request.header("host") ?? "localhost"
  // A Host that names no address must not end as a fault of the server.
  const origin =
    /^[\w.:[\]-]+$/.test(host) && URL.canParse(`${scheme}://${host}`) ? `${scheme}://${host}` : `${scheme}://localhost`
  const path = request.path.startsWith("/") ? request.path : "/"
  const address = `${origin}${request.basePath}${path}${query === "" ? "" : `?${query}`}`
  // `duplex` is what fetch asks for with a streamed body; its type is not in every DOM library.
  const init: RequestInit & { duplex: "half" } = {
    method: request.method,
    headers: headersOf(request),
    body: bodyOf(request),
    duplex: "half"
  }
  return new Request(address, init)
}
