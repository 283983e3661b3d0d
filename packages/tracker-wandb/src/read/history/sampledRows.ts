/**
 * A sample of rows at even distances. Which steps is settled first, from the steps alone; then each series is read once and
 * only what stands at those steps is kept, so that a long run costs no more memory than a short one.
 */
import type { KeySummary, Run } from "@wanllmdb/core"
import { Effect, Stream } from "effect"
import type { Call } from "../../call/Call.ts"
import { runtimeKey, valueAt } from "./rowText.ts"
import { evenly, intersectionOf, unionOf } from "./stepSets.ts"
import type { StepWindow } from "./windowRows.ts"

/** Values that a sample may hold, over all keys. */
const mostValues = 4_000_000

export interface SampleQuery {
  readonly run: Pick<Run, "id">
  readonly keys: ReadonlyArray<KeySummary>
  readonly samples: number
  readonly window?: StepWindow | undefined
  /** Only rows that have every key; else all rows. */
  readonly complete: boolean
}

export interface SampledRow {
  readonly step: number
  timeMs: number
  readonly values: Map<string, unknown>
}

const stepsOf = (engine: Call["engine"], run: Pick<Run, "id">, key: string, window: StepWindow | undefined) =>
  Stream.runFold(
    engine.metrics.scan({ run: run.id, key, from: window?.from, to: window?.to }),
    (): Array<Float64Array> => [],
    (parts, { steps }) => {
      parts.push(window === undefined ? steps : steps.filter((step) => step < window.to))
      return parts
    }
  ).pipe(
    Effect.map((parts) => {
      const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
      let at = 0
      for (const part of parts) {
        all.set(part, at)
        at += part.length
      }
      return all
    })
  )

const chooseSteps = Effect.fnUntraced(function* (engine: Call["engine"], query: SampleQuery) {
  const { complete, keys, run, samples, window } = query
  // Every row of the client's history has a runtime.
  const base = complete ? undefined : keys.find(({ key }) => key === runtimeKey)
  let steps: Float64Array | null = null
  for (const { key } of base === undefined ? keys : [base]) {
    const own: Float64Array = yield* stepsOf(engine, run, key, window)
    steps = steps === null ? own : complete ? intersectionOf(steps, own) : unionOf(steps, own)
  }
  return evenly(steps ?? new Float64Array(0), Math.min(samples, Math.ceil(mostValues / Math.max(1, keys.length))))
})

export const sampledRows = Effect.fnUntraced(function* (engine: Call["engine"], query: SampleQuery) {
  const steps = yield* chooseSteps(engine, query)
  const rows = Array.from(steps, (step): SampledRow => ({ step, timeMs: 0, values: new Map() }))
  if (rows.length === 0) return rows
  const [from, to] = [steps[0]!, steps.at(-1)!]
  for (const { key } of query.keys) {
    let at = 0
    yield* Stream.runForEach(engine.metrics.scan({ run: query.run.id, key, from, to, repeats: "all" }), (batch) =>
      Effect.sync(() => {
        for (let i = 0; i < batch.steps.length && at < rows.length; i++) {
          const step = batch.steps[i]!
          while (at < rows.length && rows[at]!.step < step) at++
          const row = rows[at]
          if (row === undefined || row.step !== step) continue
          row.values.set(key, valueAt(batch, i))
          row.timeMs = Math.max(row.timeMs, batch.times[i]!)
        }
      })
    )
  }
  return rows
})
