/** What the client says of a run beside what the user configured, and what the protocol must remember of it. */
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
  /**
   * Added to the numbers of console lines: a client that starts anew, after a rewind or on a run that had ended, numbers from 0
   * again and must not write over the lines of the one before.
   */
  readonly logBase: number
  /** Whether the client said that its machine is about to be taken away. */
  readonly preempting: boolean
}

const fromJson = (body: unknown): RunDocument => {
  const { own, sweep, logBase, preempting } = isFields(body) ? body : {}
  return {
    own: isFields(own) ? (own as WandbConfig["own"]) : null,
    sweep: typeof sweep === "string" ? sweep : null,
    logBase: typeof logBase === "number" ? logBase : 0,
    preempting: preempting === true
  }
}

export const readRunDocument = (engine: Call["engine"], run: RunId) =>
  Effect.map(engine.documents.get(collection, run), (document) => fromJson(document?.body))

/** Lays the parts that are given over what is kept; writers' entries of `e` stand beside each other. */
export const writeRunDocument = (engine: Call["engine"], run: RunId, change: Partial<RunDocument>) =>
  changeDocument(engine.documents, collection, run, (body) => {
    const before = fromJson(body)
    const own = change.own ?? null
    const merged = own === null ? before.own : { ...before.own, ...own, ...environmentsOf(before.own, own) }
    const after: RunDocument = {
      own: merged,
      sweep: change.sweep ?? before.sweep,
      logBase: change.logBase ?? before.logBase,
      preempting: change.preempting ?? before.preempting
    }
    const isSame = body !== null && JSON.stringify(after) === JSON.stringify(before)
    return Effect.succeed([isSame ? null : { ...after }, after] as const)
  })

const environmentsOf = (before: WandbConfig["own"], after: WandbConfig["own"]): { readonly [key: string]: Json } => {
  const [old, fresh] = [before?.e, after?.e]
  return isFields(old) && isFields(fresh) ? { e: { ...old, ...fresh } as Json } : {}
}

/** A client begins to number the run's console lines from 0: they are to stand after what is there. */
export const startConsoleAnew = Effect.fnUntraced(function* (engine: Call["engine"], run: RunId) {
  const { total } = yield* engine.logs.read({ run, limit: 1 })
  if (total === 0) return
  const { logBase } = yield* readRunDocument(engine, run)
  yield* writeRunDocument(engine, run, { logBase: logBase + total })
})
