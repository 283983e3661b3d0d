/** Run files: list, upload, download with ranges, delete. */
import { parseRange, RunFile, safeContentHeaders } from "@wanllmdb/core"
import { Effect, Schema, Stream } from "effect"
import { type ApiRequest, type ApiResponse, json, noContent } from "../http/ApiRequest.ts"
import { badRequest, HttpFault } from "../http/HttpFault.ts"
import { runFileJson } from "../wire/resourceJson.ts"
import { startStream } from "../wire/streamAnswer.ts"
import { limitUpTo } from "./query.ts"
import { route } from "./Route.ts"
import { pageOf, shape } from "./shapes.ts"

const sizeOf = (request: ApiRequest) => {
  const length = request.header("content-length")
  return length === null || request.header("content-encoding") !== null ? undefined : Number(length)
}

/** The upload's bytes; a parser of the host that took them is asked for what it kept. */
const bodyStream = (request: ApiRequest) => {
  const { parsedBody } = request
  if (parsedBody instanceof Uint8Array) return Effect.succeed(Stream.make(parsedBody))
  if (typeof parsedBody === "string") return Effect.succeed(Stream.make(new TextEncoder().encode(parsedBody)))
  if (parsedBody !== undefined) {
    return Effect.fail(badRequest("body", "raw bytes: mount wanLLMDB before body parsers", "a parsed object"))
  }
  return Effect.succeed(
    Stream.fromAsyncIterable(
      request.stream(),
      () =>
        new HttpFault({ status: 400, title: "Upload broken off", detail: "The body ended before its announced length" })
    )
  )
}

export const fileRoutes = [
  route({
    id: "files.list",
    method: "GET",
    path: "/runs/{run}/files",
    summary: "The run's files in order of path",
    action: "file.read",
    on: "run",
    query: Schema.Struct({
      prefix: Schema.optionalKey(Schema.String),
      limit: Schema.optionalKey(limitUpTo(1000)),
      cursor: Schema.optionalKey(Schema.String)
    }),
    answers: [shape(200, "A page of files", pageOf(RunFile))],
    handle: ({ query, target }, { engine }) =>
      Effect.gen(function* () {
        const limit = query.limit ?? 1000
        const files = yield* engine.files.list({ run: target.id, prefix: query.prefix, after: query.cursor, limit })
        return json({
          items: files.map(runFileJson),
          next: files.length === limit ? (files.at(-1)?.path ?? null) : null
        })
      })
  }),
  route({
    id: "files.put",
    method: "POST",
    path: "/runs/{run}/files",
    summary: "Stores the body under `path`; replaces a file that is there",
    action: "file.write",
    on: "run",
    query: Schema.Struct({
      path: Schema.String,
      /** Lower-case hex; the upload is refused when the bytes differ. */
      sha256: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)))
    }),
    raw: { kind: "stream", content: ["*/*"] },
    answers: [shape(201, "The file", RunFile)],
    handle: ({ query, request, target }, { engine }) =>
      Effect.gen(function* () {
        const body = yield* bodyStream(request)
        const file = yield* engine.files.put({
          run: target.id,
          path: query.path,
          body,
          contentType: request.header("content-type") ?? undefined,
          sizeBytes: sizeOf(request),
          sha256: query.sha256
        })
        return json(runFileJson(file), 201)
      })
  }),
  route({
    id: "files.get",
    method: "GET",
    path: "/runs/{run}/files/{path...}",
    summary: "A file's bytes, or a range of them",
    action: "file.read",
    on: "run",
    answers: [
      { status: 200, description: "The bytes", content: ["*/*"] },
      { status: 206, description: "The range", content: ["*/*"] },
      { status: 304, description: "Not changed" },
      { status: 416, description: "The range is outside of the file" }
    ],
    handle: ({ params, request, target }, { engine }) =>
      Effect.gen(function* () {
        const path = params.path ?? ""
        const file = yield* engine.files.get(target.id, path)
        const etag = `"${file.sha256}"`
        const headers = {
          ...safeContentHeaders(file.contentType, path),
          "accept-ranges": "bytes",
          "cache-control": "private, no-cache",
          etag
        }
        if (request.header("if-none-match")?.includes(etag) === true) return { status: 304, headers, body: null }
        const ifRange = request.header("if-range")
        const range = parseRange(ifRange === null || ifRange === etag ? request.header("range") : null, file.sizeBytes)
        if (range.kind === "unsatisfiable") {
          return yield* new HttpFault({
            status: 416,
            title: "Range not satisfiable",
            detail: `The file has ${file.sizeBytes} bytes`,
            headers: { "content-range": `bytes */${file.sizeBytes}` }
          })
        }
        const { start, end } = range.kind === "part" ? range : { start: 0, end: file.sizeBytes }
        const body =
          file.sizeBytes === 0 ? null : yield* startStream(engine.files.read(target.id, path, { start, end }))
        const length = { "content-length": String(end - start) }
        const answer: ApiResponse =
          range.kind === "whole"
            ? { status: 200, headers: { ...headers, ...length }, body }
            : {
                status: 206,
                headers: { ...headers, ...length, "content-range": `bytes ${start}-${end - 1}/${file.sizeBytes}` },
                body
              }
        return answer
      })
  }),
  route({
    id: "files.delete",
    method: "DELETE",
    path: "/runs/{run}/files/{path...}",
    summary: "Deletes a file",
    action: "file.delete",
    on: "run",
    answers: [shape(204, "Gone")],
    handle: ({ params, target }, { engine }) => Effect.as(engine.files.delete(target.id, params.path ?? ""), noContent)
  })
]
