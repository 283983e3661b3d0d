/** What `connect` needs to know of the request that asked for the WebSocket: a web `Request` or Node's own. */
import type { IncomingMessage } from "node:http"
import type { ApiRequest } from "../http/ApiRequest.ts"
import { stripBase } from "../http/mountPath.ts"
import { fromNode } from "../http/nodeListener.ts"

export type ConnectRequest = Request | IncomingMessage

export const fromConnect = (request: ConnectRequest, basePath: string, peer: string | null): ApiRequest | null => {
  if (!(request instanceof Request)) return fromNode(request, basePath)
  const url = new URL(request.url)
  const path = stripBase(url.pathname, basePath)
  if (path === null) return null
  return {
    method: "GET",
    path,
    basePath,
    query: url.searchParams,
    header: (name) => (name === "host" ? (request.headers.get("host") ?? url.host) : request.headers.get(name)),
    peer,
    secure: url.protocol === "https:" || url.protocol === "wss:",
    raw: request,
    parsedBody: undefined,
    read: () => Promise.resolve(new Uint8Array(0)),
    async *stream() {}
  }
}
