/** Answer shapes for declarations. */
import { Schema } from "effect"
import type { AnswerShape } from "./Route.ts"

export const shape = (status: number, description: string, schema?: Schema.Top): AnswerShape =>
  schema === undefined ? { status, description } : { status, description, schema }

export const pageOf = <S extends Schema.Top>(item: S) =>
  Schema.Struct({ items: Schema.Array(item), next: Schema.NullOr(Schema.String) })

/** Finite numbers as numbers, the others as `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export const AnyNumber = Schema.Union([Schema.Finite, Schema.Literals(["NaN", "Infinity", "-Infinity"])])

export const AppendAnswer = Schema.Struct({
  accepted: Schema.Int,
  rejected: Schema.Array(
    Schema.Struct({ row: Schema.Int, key: Schema.String, rule: Schema.String, message: Schema.String })
  ),
  rejectedCount: Schema.Int,
  sequence: Schema.Int,
  duplicate: Schema.Boolean
}).annotate({ identifier: "AppendAnswer" })
