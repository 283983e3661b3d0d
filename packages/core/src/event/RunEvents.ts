/**
 * Tells watchers that something of a run is newer than they have. A signal carries no data: watchers read the stores from
 * their cursor, so a lost or merged signal loses nothing, in one process or across many.
 */
import { Context, Effect, Layer, PubSub, Stream } from "effect"
import type { ProjectId } from "../project/Project.ts"
import type { RunId } from "../run/Run.ts"

export type EventTopic = "points" | "logs" | "run" | "files" | "media" | "runs"

export interface RunSignal {
  readonly project: ProjectId
  readonly run: RunId
  readonly topic: EventTopic
}

export class RunEvents extends Context.Service<
  RunEvents,
  {
    publish(signal: RunSignal): Effect.Effect<void>
    /** Signals from the moment the stream is pulled first. A slow watcher loses the oldest and never slows a writer. */
    readonly watch: Stream.Stream<RunSignal>
  }
>()("@wanllmdb/core/RunEvents") {
  /** Within this process. */
  static readonly layer = Layer.effect(
    RunEvents,
    Effect.gen(function* () {
      const signals = yield* PubSub.sliding<RunSignal>(65_536)
      yield* Effect.addFinalizer(() => PubSub.shutdown(signals))
      return RunEvents.of({
        publish: (signal) => Effect.asVoid(PubSub.publish(signals, signal)),
        watch: Stream.unwrap(Effect.map(PubSub.subscribe(signals), Stream.fromSubscription))
      })
    })
  )
}
