/** `Runs` that only locates: the part that logs and files need. Ids that start with `f` do not exist. */
import { ProjectId, RunEvents, RunId, RunNotFound, type RunSignal, Runs } from "@wanllmdb/core"
import { Effect, Layer } from "effect"

export const project = ProjectId.make("0".repeat(32))
export const run = RunId.make("1".repeat(32))
export const unknownRun = RunId.make("f".repeat(32))

const runs = Layer.mock(Runs)({
  locate: (ref) =>
    ref.startsWith("f")
      ? Effect.fail(new RunNotFound({ run: ref }))
      : Effect.succeed({ id: RunId.make(ref), project, entity: "local" })
})

/** Keeps the signals in the given array. */
export const knownRuns = (signals: Array<RunSignal>): Layer.Layer<Runs | RunEvents> =>
  Layer.merge(runs, Layer.mock(RunEvents)({ publish: (signal) => Effect.sync(() => void signals.push(signal)) }))
