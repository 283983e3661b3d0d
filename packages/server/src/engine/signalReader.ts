/**
 * Hands the engine's signals to those in this process who act on them. They are read in batches with a short rest between, so
 * that tens of thousands of appends a second wake one fiber sixty times, not each time.
 */
import type { RunEvents, RunSignal } from "@wanllmdb/core"
import { Effect, Fiber, Stream } from "effect"

const restMs = 15

/** Gives a function that stops the reading. */
export const readSignals = (
  events: RunEvents["Service"],
  onSignal: (signal: RunSignal) => void
): (() => Promise<void>) => {
  const fiber = Effect.runFork(
    Stream.runForEachArray(events.watch, (signals) =>
      Effect.suspend(() => {
        for (const signal of signals) onSignal(signal)
        return Effect.sleep(restMs)
      })
    )
  )
  return () => Effect.runPromise(Fiber.interrupt(fiber))
}
