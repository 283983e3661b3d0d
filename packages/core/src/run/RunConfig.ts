/** A config is kept in versions, so that what a run was told and when can be told apart from what it is now. */
import { Schema } from "effect"
import { Instant } from "../time/Instant.ts"

export const ConfigVersion = Schema.Struct({
  version: Schema.Int,
  config: Schema.JsonObject,
  createdAt: Instant
}).annotate({ identifier: "ConfigVersion" })
export interface ConfigVersion extends Schema.Schema.Type<typeof ConfigVersion> {}

/** One key whose value differs; a side that lacks the key lacks the property. */
export const ConfigChange = Schema.Struct({
  /** Nested keys joined with dots. */
  key: Schema.String,
  before: Schema.optionalKey(Schema.Json),
  after: Schema.optionalKey(Schema.Json)
}).annotate({ identifier: "ConfigChange" })
export interface ConfigChange extends Schema.Schema.Type<typeof ConfigChange> {}
