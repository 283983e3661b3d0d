/** What the client says of itself in a run's config, kept apart from what the user configured, and where the run came from. */
import { changeDocument, type RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { isFields } from "../graphql/Variables.ts"
import type { Json } from "../wire/toJson.ts"
import type { WandbConfig } from "./wandbConfig.ts"

const collection = "wandb.run"

export interface RunDocument {
  /** The `_wandb` part of the config. */
  readonly own: WandbConfig["own"]
  /** Name of the sweep that made the run. */
  readonly sweep: string | null
}

const fromJson = (body: unknown): RunDocument => {
  if (!isFields(body)) return { own: null, sweep: null }
  const { own, sweep } = body
  return {
    own: isFields(own) ? (own as WandbConfig["own"]) : null,
    sweep: typeof sweep === "string" ? sweep : null
  }
}

export const readRunDocument = (engine: Call["engine"], run: RunId) =>
  Effect.map(engine.documents.get(collection, run), (document) => fromJson(document?.body))

/** Lays the parts that are given over what is kept; writers' entries of `e` stand beside each other. */
export const writeRunDocument = (
  engine: Call["engine"],
  run: RunId,
  change: { readonly own?: WandbConfig["own"]; readonly sweep?: string | null }
) =>
  changeDocument(engine.documents, collection, run, (body) => {
    const before = fromJson(body)
    const own = change.own ?? null
    const merged = own === null ? before.own : { ...before.own, ...own, ...environmentsOf(before.own, own) }
    const after: RunDocument = { own: merged, sweep: change.sweep ?? before.sweep }
    const isSame = body !== null && JSON.stringify(after) === JSON.stringify(before)
    const next = isSame ? null : { own: after.own, sweep: after.sweep }
    return Effect.succeed([next, after] as const)
  })

const environmentsOf = (before: WandbConfig["own"], after: WandbConfig["own"]): { readonly [key: string]: Json } => {
  const [old, fresh] = [before?.e, after?.e]
  return isFields(old) && isFields(fresh) ? { e: { ...old, ...fresh } as Json } : {}
}
