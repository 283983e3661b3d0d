/**
 * The client's summary holds what the engine computes from the points (last values) beside what the user set. Only the latter
 * is kept as the user's, so that a rewind or a deleted metric shows in the summary too.
 */
import { isFields } from "../graphql/Variables.ts"
import type { Json } from "../wire/toJson.ts"

/** Bookkeeping of the client. */
const own: ReadonlySet<string> = new Set(["_step", "_runtime", "_timestamp", "_wandb"])

const flattenInto = (flat: Map<string, Json>, prefix: string, value: Json): void => {
  if (isFields(value) && typeof value._type !== "string" && Object.keys(value).length > 0) {
    for (const [key, entry] of Object.entries(value)) flattenInto(flat, `${prefix}.${key}`, entry as Json)
  } else {
    flat.set(prefix, value)
  }
}

/** The entries that differ from what the run's summary shows already; null when there are none. Nested names are joined with dots. */
export const summaryPatch = (
  sent: Json,
  shown: { readonly [key: string]: unknown }
): { readonly [key: string]: Json } | null => {
  if (!isFields(sent)) return null
  const flat = new Map<string, Json>()
  for (const [key, value] of Object.entries(sent)) if (!own.has(key)) flattenInto(flat, key, value as Json)
  const patch = [...flat].filter(
    ([key, value]) =>
      value !== null &&
      JSON.stringify(shown[key]) !==
        JSON.stringify(typeof value === "boolean" && typeof shown[key] === "number" ? Number(value) : value)
  )
  return patch.length === 0 ? null : Object.fromEntries(patch)
}
