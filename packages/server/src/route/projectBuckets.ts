/** Series of many runs and keys in one answer, each sent as soon as it is known. */
import { type BucketSeries, type RunId, RunNotFound, type XAxis } from "@wanllmdb/core"
import { columnsMediaType, encodeColumns } from "@wanllmdb/core/client"
import { Effect, Schema } from "effect"
import { badRequest } from "../http/HttpFault.ts"
import { bucketSeriesJson } from "../wire/metricJson.ts"
import { startStream, streamed } from "../wire/streamAnswer.ts"
import { BucketSeriesShape } from "./metricShapes.ts"
import { route } from "./Route.ts"
import { shape } from "./shapes.ts"

const mostSeries = 20_000
const partBytes = 64 * 1024
const encoder = new TextEncoder()

const X = Schema.Union([
  Schema.Literals(["step", "wall", "relative"]),
  Schema.Struct({ metric: Schema.String.check(Schema.isBetweenLength(1, 1024)) })
])

const Body = Schema.Struct({
  runs: Schema.Array(Schema.String).check(Schema.isMaxLength(10_000)),
  keys: Schema.Array(Schema.String).check(Schema.isMaxLength(10_000)),
  x: Schema.optionalKey(X),
  from: Schema.optionalKey(Schema.Finite),
  to: Schema.optionalKey(Schema.Finite),
  buckets: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20_000 }))),
  repeats: Schema.optionalKey(Schema.Literals(["all", "last"]))
})

/** Joins small blocks, so that a hundred short series are a few writes; a lone block still goes out at once. */
async function* gather(series: AsyncIterable<BucketSeries>, write: (series: BucketSeries) => Uint8Array) {
  let parts: Array<Uint8Array> = []
  let size = 0
  for await (const each of series) {
    const block = write(each)
    parts.push(block)
    size += block.length
    if (size >= partBytes) {
      yield Buffer.concat(parts)
      parts = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(parts)
}

export const projectBucketRoutes = [
  route({
    id: "metrics.series",
    method: "POST",
    path: "/projects/{project}/metrics/buckets",
    summary: "Series of many runs × keys, progressively: binary columns or one JSON object a line",
    action: "run.read",
    on: "project",
    body: Body,
    answers: [
      { ...shape(200, "Series after series", BucketSeriesShape), content: ["application/x-ndjson", columnsMediaType] }
    ],
    handle: ({ body, request, target }, { engine }) =>
      Effect.gen(function* () {
        const { keys, runs, x, ...window } = body
        if (runs.length * keys.length > mostSeries) {
          return yield* badRequest("runs × keys", `at most ${mostSeries} series`, String(runs.length * keys.length))
        }
        const ids: Array<RunId> = []
        for (const ref of runs) {
          const located = yield* engine.runs.locate(ref)
          // The same answer as for a run that is not there: nobody learns which runs other projects have.
          if (located.project !== target.id) return yield* new RunNotFound({ run: ref })
          ids.push(located.id)
        }
        // All runs of one key side by side: a chart is whole as soon as its key is through.
        const series = keys.flatMap((key) => ids.map((run) => ({ run, key })))
        const axis: XAxis | undefined = x
        const answers = yield* startStream(engine.metrics.buckets({ ...window, series, x: axis }))
        const binary = request.header("accept")?.includes(columnsMediaType) === true
        const write = binary
          ? encodeColumns
          : (each: BucketSeries) => encoder.encode(`${JSON.stringify(bucketSeriesJson(each))}\n`)
        return streamed(binary ? columnsMediaType : "application/x-ndjson", gather(answers, write))
      })
  })
]
