/** A config as flat rows, with what a baseline had where the two differ. */
import { flatten } from "../format/flatten.ts"

export interface ConfigRow {
  readonly key: string
  /** As JSON, since a config is data: `"gelu"` and `0.003`. Undefined where only the baseline has the key. */
  readonly value: string | undefined
  /** The baseline's value where it differs; null where the baseline lacks the key. */
  readonly was: string | null | undefined
}

const text = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(text).join(", ")}]` : JSON.stringify(value)

export const configRows = (
  config: Readonly<Record<string, unknown>>,
  baseline: Readonly<Record<string, unknown>> | null
): ReadonlyArray<ConfigRow> => {
  const mine = flatten(config)
  const theirs = baseline === null ? null : flatten(baseline)
  const rows = [...mine].map(([key, value]): ConfigRow => {
    const shown = text(value)
    if (theirs === null) return { key, value: shown, was: undefined }
    const was = theirs.has(key) ? text(theirs.get(key)) : null
    return { key, value: shown, was: was === shown ? undefined : was }
  })
  const missing = [...(theirs ?? [])].filter(([key]) => !mine.has(key))
  return [...rows, ...missing.map(([key, value]): ConfigRow => ({ key, value: undefined, was: text(value) }))]
}
