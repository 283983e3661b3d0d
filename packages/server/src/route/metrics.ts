/** Appending points and reading keys, buckets of one series and raw points. */
import { type AppendAnswer as Answer, InvalidInput, MetricDefinition, RunNotFound } from "@wanllmdb/core"
import { columnsMediaType, encodeColumns } from "@wanllmdb/core/client"
import { Effect, Schema, Stream } from "effect"
import type { Engine } from "../engine/Engine.ts"
import { json, noContent } from "../http/ApiRequest.ts"
import { wrongContentType } from "../http/HttpFault.ts"
import { mediaType, parseJson } from "../http/requestBody.ts"
import { bucketSeriesJson, definitionOf, keySummaryJson } from "../wire/metricJson.ts"
import { pointsText } from "../wire/pointsText.ts"
import { startStream, streamed } from "../wire/streamAnswer.ts"
import { BucketSeriesShape, KeyShape, xAxisOf } from "./metricShapes.ts"
import { limitUpTo, QueryNumber } from "./query.ts"
import { type Call, mebibyte, route } from "./Route.ts"
import { AnyNumber, AppendAnswer, pageOf, shape } from "./shapes.ts"
import { writerOf } from "./writerHeaders.ts"

export const frameMediaType = "application/vnd.wanllmdb.frame"

const isJson = (type: string | null) => type !== null && (type === "application/json" || type.endsWith("+json"))

/** One route takes frames and JSON, so JSON is parsed here; a parser of the host may have done it already. */
const jsonOf = (payload: unknown): Effect.Effect<unknown, InvalidInput> =>
  payload instanceof Uint8Array ? Effect.suspend(() => parseJson(payload)) : Effect.succeed(payload)

const appendOf = (
  { payload, request, target }: Call<"run", unknown, unknown>,
  { metrics }: Engine
): Effect.Effect<Answer, unknown> => {
  const writer = writerOf(request)
  if (writer instanceof InvalidInput) return Effect.fail(writer)
  const type = mediaType(request)
  if (type === frameMediaType && payload instanceof Uint8Array) return metrics.appendFrame(target.id, payload, writer)
  return isJson(type)
    ? Effect.flatMap(jsonOf(payload), (body) => metrics.appendJson(target.id, body, writer))
    : Effect.fail(wrongContentType(`application/json or ${frameMediaType}`, type))
}

export const metricRoutes = [
  route({
    id: "metrics.append",
    method: "POST",
    path: "/runs/{run}/metrics",
    summary: "Appends points: JSON rows, JSON columns, or a binary frame; answers after the durable commit",
    action: "run.log",
    on: "run",
    body: Schema.Json,
    raw: { kind: "bytes", content: ["application/json", frameMediaType] },
    bodyLimitBytes: 64 * mebibyte,
    answers: [shape(200, "What was kept", AppendAnswer)],
    // Plain functions up to the engine: this runs tens of thousands of times a second.
    handle: (call, { engine, measures }) =>
      Effect.map(appendOf(call, engine), (answer) => {
        if (!answer.duplicate) measures.addPoints(answer.accepted)
        return json(answer)
      })
  }),
  route({
    id: "metrics.keyset",
    method: "POST",
    path: "/runs/{run}/keysets",
    summary: "A number that binary frames of the run may give in place of these names; repeatable",
    action: "run.log",
    on: "run",
    body: Schema.Struct({ keys: Schema.Array(Schema.String) }),
    answers: [shape(200, "The number of the key set", Schema.Struct({ keyset: Schema.Int }))],
    handle: ({ body, target }, { engine }) =>
      Effect.map(engine.metrics.registerKeys(target.id, body.keys), (keyset) => json({ keyset }))
  }),
  route({
    id: "metrics.keys",
    method: "GET",
    path: "/runs/{run}/metrics",
    summary: "The run's keys with their statistics",
    action: "run.read",
    on: "run",
    query: Schema.Struct({
      prefix: Schema.optionalKey(Schema.String),
      limit: Schema.optionalKey(limitUpTo(10_000)),
      cursor: Schema.optionalKey(Schema.String)
    }),
    answers: [shape(200, "A page of keys", pageOf(KeyShape))],
    handle: ({ query, target }, { engine }) =>
      Effect.gen(function* () {
        const limit = query.limit ?? 1000
        const after = query.cursor
        const keys = yield* engine.metrics.keys({ run: target.id, prefix: query.prefix, after, limit })
        const definitions = yield* engine.metrics.definitions(target.id)
        const items = keys.map((summary) => keySummaryJson(summary, definitionOf(definitions, summary.key)))
        return json({ items, next: keys.length === limit ? (keys.at(-1)?.key ?? null) : null })
      })
  }),
  route({
    id: "metrics.define",
    method: "POST",
    path: "/runs/{run}/metrics/definitions",
    summary: "Says how a metric, or every metric of a pattern, is read",
    action: "run.log",
    on: "run",
    body: MetricDefinition,
    answers: [shape(204, "Kept")],
    handle: ({ body, target }, { engine }) => Effect.as(engine.metrics.define(target.id, body), noContent)
  }),
  route({
    id: "metrics.definitions",
    method: "GET",
    path: "/runs/{run}/metrics/definitions",
    summary: "The definitions of the run",
    action: "run.read",
    on: "run",
    answers: [
      shape(200, "The definitions", Schema.Struct({ items: Schema.Array(MetricDefinition), next: Schema.Null }))
    ],
    handle: ({ target }, { engine }) =>
      Effect.map(engine.metrics.definitions(target.id), (items) => json({ items, next: null }))
  }),
  route({
    id: "metrics.deleteKey",
    method: "DELETE",
    path: "/runs/{run}/metrics",
    summary: "Forgets every point of one key",
    action: "run.delete",
    on: "run",
    query: Schema.Struct({ key: Schema.String }),
    answers: [shape(204, "Forgotten")],
    handle: ({ query, target }, { engine }) => Effect.as(engine.metrics.deleteKey(target.id, query.key), noContent)
  }),
  route({
    id: "metrics.buckets",
    method: "GET",
    path: "/runs/{run}/metrics/buckets",
    summary: "One series in aligned buckets, exact",
    action: "run.read",
    on: "run",
    query: Schema.Struct({
      key: Schema.String,
      x: Schema.optionalKey(Schema.String),
      from: Schema.optionalKey(QueryNumber),
      to: Schema.optionalKey(QueryNumber),
      buckets: Schema.optionalKey(limitUpTo(20_000)),
      repeats: Schema.optionalKey(Schema.Literals(["all", "last"]))
    }),
    answers: [
      { ...shape(200, "The series, as JSON or as binary columns", BucketSeriesShape), content: [columnsMediaType] }
    ],
    handle: ({ query, request, target }, { engine }) =>
      Effect.gen(function* () {
        const { key, x, ...window } = query
        const series = yield* Stream.runCollect(
          engine.metrics.buckets({ ...window, series: [{ run: target.id, key }], x: xAxisOf(x) })
        )
        const only = series.at(-1)
        if (only === undefined) return yield* new RunNotFound({ run: target.id })
        if (request.header("accept")?.includes(columnsMediaType) !== true) return json(bucketSeriesJson(only))
        return { status: 200, headers: { "content-type": columnsMediaType }, body: encodeColumns(only) }
      })
  }),
  route({
    id: "metrics.points",
    method: "GET",
    path: "/runs/{run}/metrics/points",
    summary: "Every point of a key, exact, in step order, as NDJSON or CSV",
    action: "run.read",
    on: "run",
    query: Schema.Struct({
      key: Schema.String,
      from: Schema.optionalKey(QueryNumber),
      to: Schema.optionalKey(QueryNumber),
      repeats: Schema.optionalKey(Schema.Literals(["all", "last"]))
    }),
    answers: [
      {
        ...shape(
          200,
          "One line a point",
          Schema.Struct({ step: Schema.Finite, timeMs: Schema.Finite, value: AnyNumber })
        ),
        content: ["application/x-ndjson", "text/csv"]
      }
    ],
    handle: ({ query, request, target }, { engine }) =>
      Effect.gen(function* () {
        const batches = yield* startStream(engine.metrics.scan({ run: target.id, ...query }))
        const csv = request.header("accept")?.includes("text/csv") === true
        const type = csv ? "text/csv; charset=utf-8" : "application/x-ndjson"
        // Tells a text "NaN" from the number.
        const kind: Readonly<Record<string, string>> =
          batches.first === undefined ? {} : { "wanllmdb-kind": batches.first.kind }
        return streamed(type, pointsText(batches, csv ? "csv" : "ndjson"), kind)
      })
  })
]
