/**
 * The client's config document: `{ key: { value } }`, with what the client says of itself under `_wandb`. Both ways, so that
 * a config comes back as it was sent.
 */
import { isFields, type JsonFields } from "../graphql/Variables.ts"
import { badField } from "../wire/ClientFault.ts"
import { type Json, toJson } from "../wire/toJson.ts"

export interface WandbConfig {
  /** What the user configured. */
  readonly config: { readonly [key: string]: Json }
  /** The client's own part: telemetry (`t`), metric definitions (`m`), environments (`e`), custom charts (`visualize`). */
  readonly own: { readonly [key: string]: Json } | null
}

export const readWandbConfig = (document: JsonFields): WandbConfig => {
  const config = new Map<string, Json>()
  let own: WandbConfig["own"] = null
  for (const [key, entry] of Object.entries(document)) {
    // Some tools write the value itself.
    const value = isFields(entry) && Object.hasOwn(entry, "value") ? entry.value : entry
    if (key !== "_wandb") {
      if (key === "wandb_version") continue
      config.set(key, toJson(value))
      continue
    }
    if (!isFields(value)) throw badField("config._wandb", "an object", value)
    own = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toJson(part)]))
  }
  return { config: Object.fromEntries(config), own }
}

export const printWandbConfig = (config: { readonly [key: string]: Json }, own: WandbConfig["own"]): string => {
  const entries = Object.entries(config).map(([key, value]) => [key, { value }])
  return JSON.stringify(Object.fromEntries(own === null ? entries : [...entries, ["_wandb", { value: own }]]))
}
