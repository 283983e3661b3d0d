/**
 * A JSON object that clients send whole: config, summary. It was parsed from JSON, so only its outside is looked at here:
 * walking 300,000 leaves node by node of a schema would hold everyone else up. `checkDocument` has the rules inside.
 */
import { Schema } from "effect"
import { isJsonObject } from "./flatten.ts"

export const JsonDocument = Schema.declare<Schema.JsonObject>(
  (value): value is Schema.JsonObject => isJsonObject(value as Schema.Json),
  { expected: "object", identifier: "JsonDocument" }
)
