/** Shapes of metric answers, and the x-axis as text. */
import { MetricDefinition, type XAxis } from "@wanllmdb/core"
import { Schema } from "effect"
import { AnyNumber } from "./shapes.ts"

const Finites = Schema.Array(Schema.NullOr(Schema.Finite))
const Numbers = Schema.Array(AnyNumber)

export const BucketSeriesShape = Schema.Struct({
  run: Schema.String,
  key: Schema.String,
  width: Schema.Finite,
  cursor: Schema.String,
  x: Numbers,
  firstX: Numbers,
  lastX: Numbers,
  min: Finites,
  max: Finites,
  mean: Finites,
  sum: Numbers,
  first: Numbers,
  last: Numbers,
  count: Schema.Array(Schema.Int),
  nan: Schema.Array(Schema.Int),
  posInf: Schema.Array(Schema.Int),
  negInf: Schema.Array(Schema.Int)
}).annotate({ identifier: "BucketSeries" })

export const KeyShape = Schema.Struct({
  key: Schema.String,
  kind: Schema.Literals(["number", "text", "histogram", "record"]),
  count: Schema.Int,
  firstStep: Schema.Finite,
  lastStep: Schema.Finite,
  firstTimeMs: Schema.Finite,
  lastTimeMs: Schema.Finite,
  last: Schema.NullOr(Schema.Union([Schema.Finite, Schema.String])),
  min: Schema.NullOr(Schema.Finite),
  max: Schema.NullOr(Schema.Finite),
  mean: Schema.NullOr(Schema.Finite),
  minStep: Schema.NullOr(Schema.Finite),
  maxStep: Schema.NullOr(Schema.Finite),
  nan: Schema.Int,
  posInf: Schema.Int,
  negInf: Schema.Int,
  definition: Schema.NullOr(MetricDefinition)
}).annotate({ identifier: "MetricKey" })

/** `step`, `wall`, `relative`, or `metric:NAME`; any other text is a metric's name. */
export const xAxisOf = (text: string | undefined): XAxis | undefined => {
  if (text === undefined || text === "step" || text === "wall" || text === "relative") return text
  return { metric: text.startsWith("metric:") ? text.slice("metric:".length) : text }
}
