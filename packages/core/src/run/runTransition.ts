/** How a run moves between its states, as changes to its row. Null means that it is there already. */
import type { FinalState } from "./RunState.ts"
import { hasEnded } from "./RunState.ts"
import type { RunChange, RunRow } from "./RunStore.ts"

const pausedUntil = (run: RunRow, now: number): number =>
  run.pausedMs + (run.pausedAt === null ? 0 : Math.max(0, now - run.pausedAt))

/** Ends the run; a repeat of the same end changes nothing, another end replaces the first. */
export const ended = (run: RunRow, state: FinalState, exitCode: number | null, now: number): RunChange | null =>
  run.state === state && run.exitCode === exitCode
    ? null
    : {
        state,
        exitCode,
        finishedAt: hasEnded(run.state) && run.state !== "crashed" ? run.finishedAt : now,
        pausedMs: pausedUntil(run, now),
        pausedAt: null,
        aliveAt: Math.max(run.aliveAt, now)
      }

/** The engine's verdict on a silent run: it ended at its last sign of life. */
export const crashed = (run: RunRow): RunChange | null =>
  run.state === "running" ? { state: "crashed", finishedAt: run.aliveAt } : null

/** A crashed run gave a sign of life: it was only silent, so its stretch of work goes on. */
export const revived = (run: RunRow): RunChange | null =>
  run.state === "crashed" ? { state: "running", finishedAt: null } : null

export const paused = (run: RunRow, now: number): RunChange | null =>
  run.state === "running" || run.state === "pending" ? { state: "paused", pausedAt: now, aliveAt: now } : null

/** Runs again from any state. After an end a new stretch of work begins. */
export const resumed = (run: RunRow, now: number): RunChange | null => {
  if (run.state === "running") return run.stopRequested ? { stopRequested: false } : null
  const again = { state: "running", finishedAt: null, exitCode: null, pausedAt: null, stopRequested: false } as const
  if (hasEnded(run.state)) return { ...again, startedAt: now, pausedMs: 0, aliveAt: now }
  if (run.state === "pending") return { ...again, aliveAt: now }
  return { ...again, pausedMs: pausedUntil(run, now), aliveAt: now }
}

export const stopRequested = (run: RunRow): RunChange | null =>
  run.stopRequested || hasEnded(run.state) ? null : { stopRequested: true }
