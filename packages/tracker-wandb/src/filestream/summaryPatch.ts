/**
 * The client's summary holds what the engine computes from the points (last values) beside what the user set. Only the latter
 * is kept as the user's, so that a rewind or a deleted metric shows in the summary too.
 */
import { isFields } from "../graphql/Variables.ts"
import type { Json } from "../wire/toJson.ts"

/** Bookkeeping of the client. */
const own: ReadonlySet<string> = new Set(["_step", "_runtime", "_timestamp", "_wandb"])

export interface SentSummary {
  /** Plain values; names of nested ones are joined with dots. */
  readonly values: ReadonlyMap<string, Json>
  /** What has a type of its own: images, tables, histograms. */
  readonly media: { readonly [name: string]: Json }
}

export const readSummary = (sent: Json): SentSummary => {
  const values = new Map<string, Json>()
  const media = new Map<string, Json>()
  const visit = (name: string, value: Json): void => {
    if (!isFields(value) || Object.keys(value).length === 0) values.set(name, value)
    else if (typeof value._type === "string") media.set(name, value as Json)
    else for (const [key, entry] of Object.entries(value)) visit(`${name}.${key}`, entry as Json)
  }
  if (isFields(sent)) for (const [key, value] of Object.entries(sent)) if (!own.has(key)) visit(key, value as Json)
  return { values, media: Object.fromEntries(media) }
}

/** Booleans stand as numbers in a series. */
const isSame = (sent: Json, shown: unknown): boolean =>
  JSON.stringify(shown) === JSON.stringify(typeof sent === "boolean" && typeof shown === "number" ? Number(sent) : sent)

/** The values that differ from what the run's summary shows already. */
export const differing = (
  sent: SentSummary["values"],
  shown: { readonly [key: string]: unknown }
): ReadonlyMap<string, Json> =>
  new Map([...sent].filter(([name, value]) => value !== null && !isSame(value, shown[name])))

/**
 * What to change of the user's part. `lastOf` gives the last value of a series: a value that follows its series is the engine's
 * to compute, and one that was kept as the user's before its points came is taken back (null).
 */
export const summaryPatch = (
  changed: ReadonlyMap<string, Json>,
  lastOf: ReadonlyMap<string, Json>
): { readonly [key: string]: Json } =>
  Object.fromEntries([...changed].map(([name, value]) => [name, isSame(value, lastOf.get(name)) ? null : value]))
