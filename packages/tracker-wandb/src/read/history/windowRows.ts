/** All rows of a window of steps: points of every key that stand at the same step become one row again. */
import type { KeySummary, Run } from "@wanllmdb/core"
import { Effect, Stream } from "effect"
import type { Call } from "../../call/Call.ts"
import { ClientFault } from "../../wire/ClientFault.ts"
import { type HistoryRow, nameText, newRow, runtimeKey, valueAt, valueText } from "./rowText.ts"

/** Series that are read at the same time. */
const seriesAtOnce = 8
/** Values that one page may hold: a few hundred megabytes on their way. */
const mostValues = 4_000_000

export interface StepWindow {
  /** First step. */
  readonly from: number
  /** The step after the last. */
  readonly to: number
}

const touches = ({ count, firstStep, lastStep }: KeySummary, { from, to }: StepWindow): boolean =>
  count > 0 && lastStep >= from && firstStep < to

/** Rows in order of step. Of several points of a key at one step the last to arrive counts. */
export const windowRows = Effect.fnUntraced(function* (
  engine: Call["engine"],
  run: Pick<Run, "id">,
  keys: ReadonlyArray<KeySummary>,
  window: StepWindow
) {
  const rows = new Map<number, HistoryRow>()
  let values = 0
  const read = (key: KeySummary) => {
    const name = nameText(key.key)
    const { from, to } = window
    // Repeats of a step stand side by side, so they are sorted out here, among the few points of the window.
    return Stream.runCollect(engine.metrics.scan({ run: run.id, key: key.key, from, to, repeats: "all" })).pipe(
      Effect.map((batches) => ({ key: key.key, name, batches }))
    )
  }
  const inside = keys.filter((key) => touches(key, window))
  for (let from = 0; from < inside.length; from += seriesAtOnce) {
    const series = yield* Effect.forEach(inside.slice(from, from + seriesAtOnce), read, { concurrency: seriesAtOnce })
    for (const { batches, key, name } of series) {
      let before = Number.NaN
      for (const batch of batches) {
        const { steps, times } = batch
        values += steps.length
        if (values > mostValues) {
          return yield* Effect.fail(
            new ClientFault(400, "The page holds too many values; ask for fewer steps at a time")
          )
        }
        for (let i = 0; i < steps.length; i++) {
          const step = steps[i]!
          if (step >= window.to) break
          const row = rows.get(step) ?? newRow(step, times[i]!)
          rows.set(step, row)
          if (step === before) row.entries.pop()
          before = step
          row.entries.push(name + valueText(valueAt(batch, i)))
          row.timeMs = Math.max(row.timeMs, times[i]!)
          if (key === runtimeKey) row.hasRuntime = true
        }
      }
    }
    yield* Effect.yieldNow
  }
  return [...rows.values()].sort((a, b) => a.step - b.step)
})
