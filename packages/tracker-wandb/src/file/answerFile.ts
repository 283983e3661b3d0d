/** `PUT` and `GET /files/{entity}/{project}/{run}/{path}`: the bytes of a run's files. */
import { filePathFault, parseRange, safeContentHeaders } from "@wanllmdb/core"
import { Stream } from "effect"
import type { Call } from "../call/Call.ts"
import { neededRun, type RunPlace } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { clientPath, keptPath } from "./filePath.ts"

/** Addresses that the server gave carry the kept path already; others may carry the client's name. */
const pathOf = (given: string): string => (filePathFault(given) === null ? given : keptPath(given))

export const putFile = async (call: Call, place: RunPlace, name: string): Promise<Response> => {
  const run = await neededRun(call, place, "file.write")
  const path = pathOf(name)
  const { body, headers } = call.request
  const length = headers.get("content-length")
  await settle(
    call.engine.files.put({
      run: run.id,
      path,
      body:
        body === null
          ? Stream.empty
          : Stream.fromReadableStream({
              evaluate: () => body,
              onError: () => new ClientFault(400, "The body ended before its announced length")
            }),
      sizeBytes: length === null ? undefined : Number(length)
    })
  )
  return new Response(null, { status: 200 })
}

export const getFile = async (call: Call, place: RunPlace, name: string): Promise<Response> => {
  const { engine, request } = call
  const run = await neededRun(call, place, "file.read")
  const path = pathOf(name)
  const file = await settle(engine.files.get(run.id, path))
  const headers = new Headers({
    ...safeContentHeaders(file.contentType, clientPath(path)),
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag: `"${file.sha256}"`
  })
  const range = parseRange(request.headers.get("range"), file.sizeBytes)
  if (range.kind === "unsatisfiable") {
    headers.set("content-range", `bytes */${file.sizeBytes}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = range.kind === "part" ? range : { start: 0, end: file.sizeBytes }
  headers.set("content-length", String(end - start))
  if (range.kind === "part") headers.set("content-range", `bytes ${start}-${end - 1}/${file.sizeBytes}`)
  const status = range.kind === "part" ? 206 : 200
  if (request.method === "HEAD" || end === start) return new Response(null, { status, headers })
  return new Response(Stream.toReadableStream(engine.files.read(run.id, path, { start, end })), { status, headers })
}
