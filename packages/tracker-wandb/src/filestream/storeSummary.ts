/** Keeps the newest summary that a client sent. */
import type { Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { isFields } from "../graphql/Variables.ts"
import { writeMediaSummary } from "../run/mediaSummary.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"
import { type Json, toJson } from "../wire/toJson.ts"
import { differing, readSummary, summaryPatch } from "./summaryPatch.ts"

/** Null for a line that is no JSON object, or that the engine could not keep: a summary is sent again with the next row. */
const parsedOf = (line: string): Json => {
  try {
    const parsed = parseExtendedJson(line)
    return isFields(parsed) ? toJson(parsed) : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ClientFault) return null
    throw error
  }
}

export const storeSummary = Effect.fnUntraced(function* (call: Call, run: Pick<Run, "id">, line: string) {
  const sent = parsedOf(line)
  if (sent === null) return
  const { media, values } = readSummary(sent)
  const { engine } = call
  yield* writeMediaSummary(engine, run.id, { media, plain: new Set(values.keys()) })
  const changed = differing(values, (yield* engine.runs.get(run.id)).summary)
  if (changed.size === 0) return
  const patch = summaryPatch(changed, yield* lastValues(engine, run, [...changed.keys()]))
  yield* engine.runs.update(run.id, { summary: patch })
})

const lastValues = Effect.fnUntraced(function* (
  engine: Call["engine"],
  run: Pick<Run, "id">,
  names: ReadonlyArray<string>
) {
  const summaries = yield* engine.metricStore.summaries({ run: run.id, keys: names })
  return new Map(
    summaries.flatMap(({ count, key, kind, last, lastText }): Array<[string, Json]> => {
      if (kind === "text") return lastText === undefined ? [] : [[key, lastText]]
      return kind === "number" && count > 0 ? [[key, toJson(last)]] : []
    })
  )
})
