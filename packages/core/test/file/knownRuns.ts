/** One run in memory stores, and the signals that come of what is done with it. */
import { Projects, RunEvents, RunId, type RunSignal, Runs, trackingLayer } from "@wanllmdb/core"
import { memoryStores } from "@wanllmdb/core/testing"
import { Effect, Layer } from "effect"

export const unknownRun = RunId.make("f".repeat(32))

/** The tracking engine over memory stores; every signal but those of the run itself is kept in the array. */
export const recordedEngine = (signals: Array<RunSignal>) => {
  const events = Layer.effect(
    RunEvents,
    Effect.gen(function* () {
      const inner = yield* RunEvents
      return RunEvents.of({
        watch: inner.watch,
        publish: (signal) => {
          if (signal.topic !== "run" && signal.topic !== "runs") signals.push(signal)
          return inner.publish(signal)
        }
      })
    })
  ).pipe(Layer.provide(RunEvents.layer))
  return trackingLayer.pipe(Layer.provideMerge(Layer.merge(memoryStores, events)))
}

/** A new run in a new project. */
export const knownRun = Effect.gen(function* () {
  const project = yield* (yield* Projects).create({ name: `p-${Math.random().toString(36).slice(2)}` })
  const { run } = yield* (yield* Runs).create(project, {}, { user: null })
  return { project: project.id, run: run.id }
})
