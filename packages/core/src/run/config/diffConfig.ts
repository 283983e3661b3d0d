/** What differs between two configs, key by key. */
import type { Schema } from "effect"
import type { ConfigChange } from "../RunConfig.ts"
import { flatten } from "./flatten.ts"
import { equalJson } from "./mergeConfig.ts"

/** Changes from `before` to `after` in code unit order of key, nested keys joined with dots. */
export const diffConfig = (before: Schema.JsonObject, after: Schema.JsonObject): ReadonlyArray<ConfigChange> => {
  const old = flatten(before)
  const now = flatten(after)
  const changes: Array<ConfigChange> = []
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(key), now.get(key)]
    if (equalJson(was, is)) continue
    changes.push({ key, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) })
  }
  return changes
}
