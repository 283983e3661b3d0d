/** The run services over in-memory stores, as the tests of this folder use them. */
import { MetricStore, Projects, RunEvents, type RunId, RunSearch, Runs, trackingLayer } from "@wanllmdb/core"
import { memoryStores } from "@wanllmdb/core/testing"
import { Effect, Layer } from "effect"
import { encodeFrame } from "../../src/metric/frame/encodeFrame.ts"

export const engine = trackingLayer.pipe(Layer.provideMerge(Layer.merge(memoryStores, RunEvents.layer)))

/** A fresh project, with the services at hand. */
export const openProject = Effect.fnUntraced(function* (name = `p-${Math.random().toString(36).slice(2)}`) {
  const project = yield* (yield* Projects).create({ name })
  const runs = yield* Runs
  const search = yield* RunSearch
  return { project, runs, search }
})

export const asNobody = { user: null }

/** Points of a run, one per row and key, and the mark that they came. */
export const logRows = Effect.fnUntraced(function* (
  run: RunId,
  rows: ReadonlyArray<{ readonly step: number; readonly values: Readonly<Record<string, number>> }>
) {
  const store = yield* MetricStore
  for (const { step, values } of rows) {
    const columns = Object.entries(values)
    const frame = encodeFrame([
      {
        keys: columns.map(([name]) => name),
        steps: Float64Array.of(step),
        times: Float64Array.of(step),
        columns: columns.map(([, value]) => ({ kind: "number" as const, values: Float64Array.of(value) }))
      }
    ])
    yield* store.append({ run, frame, accepted: columns.length, rejected: 0 })
  }
  yield* (yield* Runs).touched(run)
})
