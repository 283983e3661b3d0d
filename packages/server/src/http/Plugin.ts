/**
 * Adds routes of other protocols, or pages, under the same mount. A plugin sees a request only after the origin rule and with
 * the caller already known; what it answers passes through the same transports.
 */
import type { Action, Principal, Resource } from "@wanllmdb/core"
import type { Engine } from "../engine/Engine.ts"
import type { ApiResponse } from "./ApiRequest.ts"
import type { BodyShare } from "./BodyBudget.ts"

export interface PluginContext {
  /** Null when nobody is signed in; the plugin decides whether that matters. */
  readonly principal: Principal | null
  /** Path below the mount, still percent-encoded. */
  readonly path: string
  /** Where wanLLMDB is mounted: `""` or `/prefix`. Links that a plugin writes start with it. */
  readonly basePath: string
  readonly engine: Engine
  /** What the call holds of the bytes of bodies that may be under way; a plugin that keeps a body in memory says how much. */
  readonly share: Pick<BodyShare, "atLeast">
  can(action: Action, resource: Resource): Promise<boolean>
}

export interface Plugin {
  readonly name: string
  /** Null passes the request on. `request.url` carries the full address, mount included. */
  handle(request: Request, context: PluginContext): Promise<Response | null>
}

async function* bodyOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
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

export const fromPluginResponse = (response: Response): ApiResponse => {
  const headers: Record<string, string | ReadonlyArray<string>> = {}
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers["set-cookie"] = cookies
  return { status: response.status, headers, body: response.body === null ? null : bodyOf(response.body) }
}
