/** What a caller sent breaks rules that a schema alone cannot state. Names each place, rule and what was found. */
import { Schema } from "effect"

export const InputFault = Schema.Struct({
  /** Where: `filter`, `rows[3].values.loss`, `path`. */
  path: Schema.String,
  /** The rule that is broken, for people. */
  rule: Schema.String,
  /** The kind or a short excerpt of what came. */
  got: Schema.String
}).annotate({ identifier: "InputFault" })
export interface InputFault extends Schema.Schema.Type<typeof InputFault> {}

export class InvalidInput extends Schema.TaggedError<InvalidInput>()("InvalidInput", {
  faults: Schema.Array(InputFault)
}) {
  override get message() {
    return this.faults.map((fault) => `${fault.path}: ${fault.rule}, got ${fault.got}`).join("; ")
  }
}

/** An `InvalidInput` with one fault. */
export const invalidInput = (path: string, rule: string, got: string): InvalidInput =>
  new InvalidInput({ faults: [{ path, rule, got }] })
