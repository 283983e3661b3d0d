/**
 * Media that the client set in a run's summary: images, tables, histograms. The engine's summary holds plain values; what media
 * are made of would only fill its columns, so they are kept whole beside it and given back to the client.
 */
import { changeDocument, type RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { isFields } from "../graphql/Variables.ts"
import type { Json } from "../wire/toJson.ts"

const collection = "wandb.media"

export type MediaSummary = { readonly [name: string]: Json }

const fromJson = (body: unknown): MediaSummary => (isFields(body) ? (body as MediaSummary) : {})

export const readMediaSummary = (engine: Call["engine"], run: RunId) =>
  Effect.map(engine.documents.get(collection, run), (document) => fromJson(document?.body))

/** Names that are media now, and names that have plain values now. */
export const writeMediaSummary = Effect.fnUntraced(function* (
  engine: Call["engine"],
  run: RunId,
  { media, plain }: { readonly media: MediaSummary; readonly plain: ReadonlySet<string> }
) {
  const isEmpty = Object.keys(media).length === 0
  // Most runs have none, and a look is cheaper than a change.
  if (isEmpty && (yield* engine.documents.get(collection, run)) === null) return
  yield* changeDocument(engine.documents, collection, run, (body) => {
    const before = fromJson(body)
    const kept = Object.entries(before).filter(([name]) => !plain.has(name))
    const after = { ...Object.fromEntries(kept), ...media }
    const isSame = JSON.stringify(after) === JSON.stringify(before)
    return Effect.succeed([isSame ? null : after, null] as const)
  })
})
