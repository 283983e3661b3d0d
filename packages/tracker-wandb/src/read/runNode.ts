/** A run as the public API reads it. What takes more than the run itself is added only where the document asks for it. */
import type { KeySummary, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { bucketOf, summaryMetrics } from "../run/bucket.ts"
import { clientName, isSystemMetric } from "../run/metricName.ts"
import { printExtendedJson } from "../wire/extendedJson.ts"
import { internalId } from "./internalId.ts"

const keysAtOnce = 10_000

/** Everything that the run holds, by key. */
export const allKeys = Effect.fnUntraced(function* (engine: Call["engine"], run: Run) {
  const all: Array<KeySummary> = []
  for (let after: string | undefined; ; after = all.at(-1)?.key) {
    const page = yield* engine.metrics.keys({ run: run.id, after, limit: keysAtOnce })
    all.push(...page)
    if (page.length < keysAtOnce) return all
  }
})

const typeNames = { number: "number", text: "string", histogram: "histogram", record: "object" } as const

/** Which keys the history has, and how far it goes. */
export const historyKeys = (keys: ReadonlyArray<KeySummary>) => {
  const rows = keys.filter(({ count, key }) => count > 0 && !isSystemMetric(key))
  if (rows.length === 0) return null
  return {
    sets: [],
    keys: Object.fromEntries(
      rows.map(({ count, key, kind, last, lastText }) => [
        key,
        {
          typeCounts: [{ type: typeNames[kind], count }],
          monotonic: false,
          previousValue: kind === "number" && Number.isFinite(last) ? last : (lastText ?? null)
        }
      ])
    ),
    lastStep: rows.reduce((most, { lastStep }) => Math.max(most, lastStep), -1)
  }
}

const systemMetrics = (keys: ReadonlyArray<KeySummary>): string =>
  printExtendedJson(
    Object.fromEntries(
      keys
        .filter(({ key, kind }) => isSystemMetric(key) && kind === "number")
        .map(({ key, last }) => [clientName(key), last])
    )
  )

const isoOrNull = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString())

export interface RunNodeOptions {
  /** Whether keys of the history and samples of the machine are asked for. */
  readonly keys: boolean
  readonly summary: boolean
}

/** What the document asks for, by the names of the fields. */
export const optionsIn = (document: string): RunNodeOptions => ({
  keys: /\b(historyKeys|systemMetrics)\b/.test(document),
  summary: /\bsummaryMetrics\b/.test(document)
})

export const runNode = Effect.fnUntraced(function* (engine: Call["engine"], run: Run, options: RunNodeOptions) {
  const keys = options.keys ? yield* allKeys(engine, run) : null
  return {
    ...(yield* bucketOf(engine, run)),
    projectId: internalId(run.project),
    state: run.state,
    group: run.group,
    jobType: run.jobType,
    commit: run.environment?.git?.commit ?? null,
    host: run.host,
    readOnly: false,
    createdAt: new Date(run.createdAt).toISOString(),
    updatedAt: new Date(run.updatedAt).toISOString(),
    heartbeatAt: isoOrNull(run.heartbeatAt ?? run.updatedAt),
    computeSeconds: run.durationMs / 1000,
    exitcode: run.exitCode,
    shouldStop: run.stopRequested,
    stopped: run.state === "killed",
    failed: run.state === "failed" || run.state === "crashed",
    running: run.state === "running",
    user: { __typename: "User", name: run.user ?? "", username: run.user ?? "" },
    ...(options.summary && { summaryMetrics: yield* summaryMetrics(engine, run) }),
    ...(keys !== null && { historyKeys: historyKeys(keys), systemMetrics: systemMetrics(keys) })
  }
})
