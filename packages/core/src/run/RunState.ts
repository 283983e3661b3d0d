/**
 * The states of a run. Clients move a run between them; only `crashed` is the engine's own word, for a run that
 * sent heartbeats and fell silent.
 */
import { Schema } from "effect"

export const RunState = Schema.Literals(["pending", "running", "paused", "finished", "failed", "crashed", "killed"])
export type RunState = typeof RunState.Type

export const FinalState = Schema.Literals(["finished", "failed", "killed"])
export type FinalState = typeof FinalState.Type

/** A run in such a state sends no more on its own; points that still come are kept and change no state. */
export const hasEnded = (state: RunState): boolean =>
  state === "finished" || state === "failed" || state === "crashed" || state === "killed"

/** Silence after which a run that heartbeats counts as crashed. */
export const crashAfterMs = 5 * 60_000
