/** How a metric is read: its x-axis, which value stands for it in summaries, and whether lower or higher is better. */
import { Schema } from "effect"

export const SummaryKind = Schema.Literals(["last", "min", "max", "mean", "best", "none"])
export type SummaryKind = typeof SummaryKind.Type

export const MetricDefinition = Schema.Struct({
  /** A metric's name, or a pattern that ends in `*`. */
  name: Schema.String.check(Schema.isBetweenLength(1, 1024)),
  /** Another metric whose value is this one's x in charts. */
  stepMetric: Schema.optionalKey(Schema.NullOr(Schema.String)),
  /** Default `last`. `best` needs a goal. */
  summary: Schema.optionalKey(SummaryKind),
  goal: Schema.optionalKey(Schema.NullOr(Schema.Literals(["minimize", "maximize"]))),
  hidden: Schema.optionalKey(Schema.Boolean)
}).annotate({ identifier: "MetricDefinition" })
export interface MetricDefinition extends Schema.Schema.Type<typeof MetricDefinition> {}
