/**
 * The application as a `(req, res)` listener for `node:http`, Express and Fastify, under any prefix, before or after a body
 * parser. It reads and writes Node's own objects: no web streams in between.
 */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { TLSSocket } from "node:tls"
import { type ApiRequest, type ApiResponse, everyAnswer, isStream } from "./ApiRequest.ts"
import { HttpFault, tooLarge } from "./HttpFault.ts"
import { stripBase } from "./mountPath.ts"

/** What Express, body-parser and Fastify hosts hang on a request. */
interface HostFields {
  readonly originalUrl?: string
  readonly baseUrl?: string
  readonly body?: unknown
  readonly rawBody?: unknown
}

export type NodeRequest = IncomingMessage & HostFields

const noQuery = new URLSearchParams()

/** The body that a parser left behind; undefined while the stream is still ours to read. */
const parsedBodyOf = (req: NodeRequest): unknown => {
  if (!req.readableEnded) return undefined
  if (req.rawBody instanceof Uint8Array || typeof req.rawBody === "string") return req.rawBody
  return req.body ?? undefined
}

const readAll = (req: IncomingMessage, limitBytes: number, onBytes: (bytes: number) => void): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    if (Number(req.headers["content-length"] ?? 0) > limitBytes) return reject(tooLarge(limitBytes))
    if (req.readableEnded) return resolve(new Uint8Array(0))
    const parts: Array<Buffer> = []
    let total = 0
    const settle = () => {
      req.off("data", onData)
      req.off("end", onEnd)
      req.off("error", onGone)
      req.off("close", onGone)
    }
    const onData = (part: Buffer) => {
      total += part.length
      parts.push(part)
      try {
        if (total > limitBytes) throw tooLarge(limitBytes)
        onBytes(total)
      } catch (error) {
        settle()
        reject(error)
      }
    }
    const onEnd = () => {
      settle()
      resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts))
    }
    const onGone = () => {
      settle()
      reject(new HttpFault({ status: 400, title: "Body broken off", detail: "The client went away" }))
    }
    req.on("data", onData)
    req.on("end", onEnd)
    req.on("error", onGone)
    req.on("close", onGone)
  })

/** A class, so that a request costs one object and no closures. */
class NodeApiRequest implements ApiRequest {
  readonly method: string
  readonly path: string
  readonly basePath: string
  readonly raw: NodeRequest
  readonly #search: string
  #query: URLSearchParams | undefined

  constructor(raw: NodeRequest, path: string, search: string, basePath: string) {
    this.method = raw.method ?? "GET"
    this.path = path
    this.basePath = basePath
    this.raw = raw
    this.#search = search
  }

  get query(): URLSearchParams {
    this.#query ??= this.#search === "" ? noQuery : new URLSearchParams(this.#search)
    return this.#query
  }

  get peer(): string | null {
    return this.raw.socket.remoteAddress ?? null
  }

  get secure(): boolean {
    return (this.raw.socket as TLSSocket).encrypted === true
  }

  get parsedBody(): unknown {
    return parsedBodyOf(this.raw)
  }

  header(name: string): string | null {
    const value = this.raw.headers[name]
    return value === undefined ? null : typeof value === "string" ? value : value.join(", ")
  }

  read(limitBytes: number, onBytes: (bytes: number) => void): Promise<Uint8Array> {
    return readAll(this.raw, limitBytes, onBytes)
  }

  stream(): AsyncIterable<Uint8Array> {
    return this.raw
  }
}

export const fromNode = (req: NodeRequest, basePath: string): ApiRequest | null => {
  // With a configured prefix the original address counts; without one, what the host's router left after its own mount.
  const url = (basePath === "" ? req.url : (req.originalUrl ?? req.url)) ?? "/"
  const mark = url.indexOf("?")
  const path = stripBase(mark < 0 ? url : url.slice(0, mark), basePath)
  if (path === null) return null
  const search = mark < 0 ? "" : url.slice(mark + 1)
  return new NodeApiRequest(req, path, search, basePath === "" ? (req.baseUrl ?? "") : basePath)
}

const drained = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      res.off("drain", go)
      res.off("close", go)
      resolve()
    }
    res.on("drain", go)
    res.on("close", go)
  })

const pipe = async (source: AsyncIterable<Uint8Array>, res: ServerResponse): Promise<void> => {
  const iterator = source[Symbol.asyncIterator]()
  // Ends a stream that waits for its next event when the watcher leaves.
  res.once("close", () => void iterator.return?.())
  try {
    while (!res.destroyed) {
      const next = await iterator.next()
      if (next.done) break
      if (!res.write(next.value) && !res.destroyed) await drained(res)
    }
    res.end()
  } catch {
    // Headers are out already: cutting the connection is the only honest sign that the answer is not whole.
    res.destroy()
  }
}

const swallowMs = 30_000

/** A refused body is still on its way. Cut off now, the client would see a broken connection and not the answer. */
const swallow = (req: IncomingMessage) => {
  const timer = setTimeout(() => req.destroy(), swallowMs)
  timer.unref()
  req.once("close", () => clearTimeout(timer))
  req.resume()
}

export const writeNode = async (req: IncomingMessage, res: ServerResponse, response: ApiResponse): Promise<void> => {
  const { body, status } = response
  const headers = { ...everyAnswer, ...response.headers }
  if (status >= 400 && !req.complete) swallow(req)
  const head = req.method === "HEAD"
  if (isStream(body)) {
    res.writeHead(status, headers as Record<string, string | Array<string>>)
    if (head) {
      await body[Symbol.asyncIterator]().return?.()
      res.end()
      return
    }
    res.flushHeaders()
    return pipe(body, res)
  }
  const length = body === null ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.length
  const withLength = status === 204 || status === 304 ? headers : { "content-length": String(length), ...headers }
  res.writeHead(status, withLength as Record<string, string | Array<string>>)
  if (head || body === null) res.end()
  else res.end(body)
}

/** `next` is Express's: called for paths that are not below the mount. */
export type NodeListener = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

export const makeNodeListener =
  (respond: (request: ApiRequest) => Promise<ApiResponse>, basePath: string): NodeListener =>
  (req, res, next) => {
    const request = fromNode(req, basePath)
    if (request === null) {
      if (next !== undefined) return next()
      res.writeHead(404, { "content-type": "text/plain", ...everyAnswer }).end("Not found")
      return
    }
    respond(request)
      .then((response) => writeNode(req, res, response))
      .catch(() => res.destroy())
  }
