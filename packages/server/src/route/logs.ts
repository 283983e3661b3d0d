/** Log lines: append, read with search, download. */
import { InvalidInput, LogLevel, LogLine, LogRecord, type LogSearch, safeContentHeaders } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { json } from "../http/ApiRequest.ts"
import { badRequest } from "../http/HttpFault.ts"
import { startStream, streamed } from "../wire/streamAnswer.ts"
import { Flag, limitUpTo, listOf, Many, QueryNumber } from "./query.ts"
import { mebibyte, route } from "./Route.ts"
import { AppendAnswer, shape } from "./shapes.ts"
import { writerOf } from "./writerHeaders.ts"

const encoder = new TextEncoder()

const Query = Schema.Struct({
  from: Schema.optionalKey(Schema.FiniteFromString.check(Schema.isInt())),
  limit: Schema.optionalKey(limitUpTo(10_000)),
  search: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(4096))),
  regex: Schema.optionalKey(Flag),
  level: Schema.optionalKey(Many),
  stream: Schema.optionalKey(Many),
  process: Schema.optionalKey(Schema.String),
  fromTimeMs: Schema.optionalKey(QueryNumber),
  toTimeMs: Schema.optionalKey(QueryNumber)
})

const isLevel = Schema.is(LogLevel)

const searchOf = Effect.fnUntraced(function* (query: typeof Query.Type) {
  const levels = listOf(query.level)
  const wrong = levels?.find((level) => !isLevel(level))
  if (wrong !== undefined) return yield* badRequest("level", LogLevel.literals.join(", "), wrong)
  const { search } = query
  const matched =
    search === undefined || search === "" ? {} : query.regex === "true" ? { regex: search } : { text: search }
  const filter: LogSearch = {
    ...matched,
    levels: levels?.filter(isLevel),
    streams: listOf(query.stream),
    process: query.process,
    fromTimeMs: query.fromTimeMs,
    toTimeMs: query.toTimeMs
  }
  return Object.values(filter).some((value) => value !== undefined) ? filter : undefined
})

async function* asText(parts: AsyncIterable<ReadonlyArray<LogLine>>) {
  for await (const lines of parts) {
    let text = ""
    for (const line of lines) text += `${line.text}\n`
    yield encoder.encode(text)
  }
}

export const logRoutes = [
  route({
    id: "logs.append",
    method: "POST",
    path: "/runs/{run}/logs",
    summary: "Appends lines, or replaces them by (process, stream, line); answers after the durable commit",
    action: "run.log",
    on: "run",
    body: Schema.Struct({ lines: Schema.Array(LogRecord).check(Schema.isMaxLength(100_000)) }),
    bodyLimitBytes: 64 * mebibyte,
    answers: [shape(200, "What was kept", AppendAnswer)],
    handle: ({ body, request, target }, { engine }) =>
      Effect.gen(function* () {
        const writer = writerOf(request)
        if (writer instanceof InvalidInput) return yield* writer
        const receipt = yield* engine.logs.append(target.id, body.lines, writer)
        return json({
          accepted: receipt.accepted,
          rejected: [],
          rejectedCount: receipt.rejected,
          sequence: receipt.sequence,
          duplicate: receipt.duplicate
        })
      })
  }),
  route({
    id: "logs.read",
    method: "GET",
    path: "/runs/{run}/logs",
    summary: "Lines from an index on, by text, regular expression, level, stream or time",
    action: "run.read",
    on: "run",
    query: Query,
    answers: [
      shape(
        200,
        "A page of lines",
        Schema.Struct({ items: Schema.Array(LogLine), next: Schema.NullOr(Schema.Int), total: Schema.Int })
      )
    ],
    handle: ({ query, target }, { engine }) =>
      Effect.gen(function* () {
        const search = yield* searchOf(query)
        const page = yield* engine.logs.read({ run: target.id, from: query.from, limit: query.limit, search })
        return json({ items: page.lines, next: page.next, total: page.total })
      })
  }),
  route({
    id: "logs.download",
    method: "GET",
    path: "/runs/{run}/logs/download",
    summary: "The whole log as text",
    action: "run.read",
    on: "run",
    answers: [{ status: 200, description: "The text", content: ["text/plain"] }],
    handle: ({ target }, { engine }) =>
      Effect.map(startStream(engine.logs.stream(target.id)), (parts) =>
        streamed(
          "text/plain; charset=utf-8",
          asText(parts),
          safeContentHeaders("text/plain; charset=utf-8", `${target.id}.log`)
        )
      )
  })
]
