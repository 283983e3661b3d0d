/**
 * Run filters as data. The text syntax parses into this tree, MLflow's and W&B's filters translate into it, and it can be
 * sent as it is. A run without the field fails every comparison, `!=` too.
 */
import { Schema } from "effect"

export const Comparison = Schema.Literals(["=", "!=", "<", "<=", ">", ">=", "in", "contains", "matches", "exists"])
export type Comparison = typeof Comparison.Type

export const FieldTest = Schema.Struct({
  /** `config.lr`, `summary.loss`, `min(loss)`, `tag`, `state`, `name`, `created` …; a bare other name is a metric's last value. */
  field: Schema.String.check(Schema.isBetweenLength(1, 1100)),
  op: Comparison,
  /** Absent for `exists`; an array for `in`. */
  value: Schema.optionalKey(Schema.Json)
}).annotate({ identifier: "FieldTest" })
export interface FieldTest extends Schema.Schema.Type<typeof FieldTest> {}

export type RunFilter =
  | FieldTest
  | { readonly and: ReadonlyArray<RunFilter> }
  | { readonly or: ReadonlyArray<RunFilter> }
  | { readonly not: RunFilter }

export const RunFilter: Schema.Codec<RunFilter> = Schema.Union([
  FieldTest,
  Schema.Struct({ and: Schema.Array(Schema.suspend((): Schema.Codec<RunFilter> => RunFilter)) }),
  Schema.Struct({ or: Schema.Array(Schema.suspend((): Schema.Codec<RunFilter> => RunFilter)) }),
  Schema.Struct({ not: Schema.suspend((): Schema.Codec<RunFilter> => RunFilter) })
]).annotate({ identifier: "RunFilter" })
