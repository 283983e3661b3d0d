/**
 * A moment: milliseconds since the Unix epoch inside the engine, an ISO 8601 string on the wire.
 * Arithmetic stays arithmetic, and people who read an answer see a date.
 */
import { Schema, SchemaTransformation } from "effect"

const IsoText = Schema.String.check(
  Schema.isPattern(/^[+-]?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/)
)

export const Instant = IsoText.pipe(
  Schema.decodeTo(
    Schema.Finite,
    SchemaTransformation.transform({
      decode: (text: string) => Date.parse(text),
      encode: (milliseconds: number) => new Date(milliseconds).toISOString()
    })
  )
)
/** Milliseconds since the Unix epoch. */
export type Instant = typeof Instant.Type
