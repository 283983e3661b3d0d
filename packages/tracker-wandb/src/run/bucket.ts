/** A run as the client knows it: a "bucket" of a project. */
import type { Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { printExtendedJson } from "../wire/extendedJson.ts"
import { globalId } from "../wire/globalId.ts"
import { fromJson, type Json } from "../wire/toJson.ts"
import { readMediaSummary } from "./mediaSummary.ts"
import { clientName } from "./metricName.ts"
import { readRunDocument } from "./runDocument.ts"
import { printWandbConfig } from "./wandbConfig.ts"

const projectOf = (run: Run) => ({
  __typename: "Project",
  id: globalId("Project", run.project),
  internalId: run.project,
  name: run.projectSlug,
  entity: { __typename: "Entity", id: globalId("Entity", run.entity), name: run.entity }
})

export const bucketOf = Effect.fnUntraced(function* (engine: Call["engine"], run: Run) {
  const { own, sweep } = yield* readRunDocument(engine, run.id)
  return {
    __typename: "Run",
    id: globalId("Run", run.id),
    name: run.slug,
    displayName: run.name,
    description: run.notes,
    notes: run.notes,
    tags: run.tags,
    config: printWandbConfig(run.config as { readonly [key: string]: Json }, own),
    sweepName: sweep,
    project: projectOf(run),
    historyLineCount: yield* lineCount(engine, run, "history")
  }
})

/** A series that every row of the file has. */
const counted = { history: "_runtime", events: "system/" } as const

/**
 * The number that the client's next row gets: after the rows of this segment, and in a segment without rows (after a rewind,
 * in a fork) after the rows that can still be seen.
 */
export const lineCount = Effect.fnUntraced(function* (engine: Call["engine"], run: Run, file: "history" | "events") {
  const ranges = yield* engine.metricStore.receivedRows({ run: run.id, stream: file, client: "" })
  const end = ranges.at(-1)?.[1]
  if (end !== undefined) return end
  const keys = yield* engine.metrics.keys({ run: run.id, prefix: counted[file], limit: 1_000 })
  return keys.reduce((most, { count }) => Math.max(most, count), 0)
})

/** The summary as the client writes it: nested names, bare non-finite numbers, its own bookkeeping. */
export const summaryMetrics = Effect.fnUntraced(function* (engine: Call["engine"], run: Run) {
  const { lastStep, runtime, timeMs } = yield* lastRow(engine, run)
  const media = yield* readMediaSummary(engine, run.id)
  const entries = Object.entries(run.summary as { readonly [key: string]: Json })
    .filter(([key]) => !key.startsWith("system/"))
    .map(([key, value]) => [clientName(key), fromJson(value)])
  return printExtendedJson({
    ...Object.fromEntries(entries),
    ...media,
    ...(lastStep !== null && { _step: lastStep, _runtime: runtime, _timestamp: timeMs / 1000 }),
    _wandb: { runtime: Math.round(runtime) }
  })
})

/** What the newest row said of itself. */
export const lastRow = Effect.fnUntraced(function* (engine: Call["engine"], run: Run) {
  const [summary] = yield* engine.metrics.keys({ run: run.id, prefix: "_runtime", limit: 1 })
  const isThere = summary !== undefined && summary.key === "_runtime" && summary.count > 0
  return {
    lastStep: isThere ? summary.lastStep : null,
    runtime: isThere && typeof summary.last === "number" ? summary.last : run.durationMs / 1000,
    timeMs: run.updatedAt
  }
})
