/** Query parameters shared by routes, as schemas over text. */
import { Schema } from "effect"

/** A parameter that may be given several times or with commas. */
export const Many = Schema.Union([Schema.String, Schema.Array(Schema.String)])

export const listOf = (value: typeof Many.Type | undefined): ReadonlyArray<string> | undefined => {
  if (value === undefined) return undefined
  const parts = typeof value === "string" ? value.split(",") : value
  return parts.filter((part) => part !== "")
}

export const Flag = Schema.Literals(["true", "false"])

export const QueryNumber = Schema.FiniteFromString

export const limitUpTo = (most: number) =>
  Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: most }))
