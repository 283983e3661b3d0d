/** A store refused or lost an operation that the domain allows. It never reaches the wire as it is: `cause` stays inside. */
import { Schema } from "effect"

export class StoreError extends Schema.TaggedError<StoreError>()("StoreError", {
  /** Which adapter, in the word its users know: `sqlite`, `postgres`, `fs`. */
  store: Schema.String,
  /** What was asked of it, such as `metrics.append`. */
  operation: Schema.String,
  /** Whether the same call may succeed later. The adapter decides; the engine's retry policy and the HTTP status follow. */
  retryable: Schema.Boolean,
  /**
   * What a person has to put right, where the adapter knows: the disk is `full`, the data cannot be written (`readOnly`), or
   * the `disk` itself failed a call. Unlike the cause it may be told to callers.
   */
  reason: Schema.optionalKey(Schema.Literals(["full", "readOnly", "disk"])),
  cause: Schema.Defect()
}) {
  override get message() {
    return `${this.store}: ${this.operation} failed`
  }
}
