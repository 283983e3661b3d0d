/**
 * The plugin: unmodified W&B clients whose `WANDB_BASE_URL` is the mount's address log to wanLLMDB. It takes the client's own
 * paths and passes on everything else. Protocol as measured on client 0.31.
 */
import type { Plugin } from "@wanllmdb/server"
import type { Call } from "./call/Call.ts"
import { toFault } from "./call/settle.ts"
import { getFile, putFile } from "./file/answerFile.ts"
import { answerFileStream } from "./filestream/answerFileStream.ts"
import { answerGraphql, faultResponse } from "./graphql/answerGraphql.ts"
import { UnknownOperations } from "./report/UnknownOperations.ts"
import { ClientFault } from "./wire/ClientFault.ts"

export interface WandbOptions {
  /**
   * Address that clients reach the mount by, such as `https://ml.example/track`: upload links begin with it. Default: what the
   * request's `Host` says, which is wrong behind a proxy that ends TLS or renames the host.
   */
  readonly publicUrl?: string | undefined
}

type Answer = (call: Call, segments: ReadonlyArray<string>) => Promise<Response>

const reportPath = "wandb/unknown-operations"

export const wandb = (options: WandbOptions = {}): Plugin => {
  const unknown = new UnknownOperations()
  const publicUrl = options.publicUrl?.replace(/\/+$/, "")

  const find = (method: string, segments: ReadonlyArray<string>): Answer | null => {
    const [first] = segments
    if (method === "POST" && segments.length === 1 && first === "graphql") {
      return (call) => answerGraphql(call, (operation) => unknown.note(call, operation))
    }
    if (first === "files" && segments.length >= 5) {
      const [, entity = "", project = "", run = "", ...rest] = segments
      const place = { entity, project, run }
      if (method === "POST" && rest.length === 1 && rest[0] === "file_stream") {
        return (call) => answerFileStream(call, place)
      }
      if (method === "PUT") return (call) => putFile(call, place, rest.join("/"))
      if (method === "GET" || method === "HEAD") return (call) => getFile(call, place, rest.join("/"))
      return null
    }
    if (method === "POST" && segments.join("/") === "oidc/token") return refuseToken
    if (first === "artifactsV2" || first === "artifacts") return refuseArtifacts
    if (method === "GET" && segments.join("/") === reportPath) return (call) => unknown.answer(call)
    return null
  }

  return {
    name: "wandb",
    async handle(request, context) {
      const segments = segmentsOf(context.path)
      if (segments === null) return null
      const answer = find(request.method, segments)
      if (answer === null) return null
      const { basePath, can, engine, principal, share } = context
      try {
        if (principal === null)
          throw new ClientFault(401, "Sign in with an API key of this server (wandb login --host)")
        const address = publicUrl ?? `${new URL(request.url).origin}${basePath}`
        return await answer({ request, engine, principal, can, address, share }, segments)
      } catch (error) {
        const fault = toFault(error)
        if (fault instanceof ClientFault) return faultResponse(fault)
        throw fault
      }
    }
  }
}

/** Null where the path is not well encoded. */
const segmentsOf = (path: string): ReadonlyArray<string> | null => {
  try {
    return path.replace(/^\//, "").split("/").map(decodeURIComponent)
  } catch {
    return null
  }
}

const refuseToken: Answer = async () => {
  throw new ClientFault(401, "This server has no issuers of identity tokens configured; use an API key")
}

const refuseArtifacts: Answer = async () => {
  throw new ClientFault(501, "wanLLMDB does not serve artifacts to this client yet")
}
