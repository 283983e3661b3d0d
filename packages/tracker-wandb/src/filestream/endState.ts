/** How a run ended, by the exit status that the client tells. */
import type { FinalState } from "@wanllmdb/core"

/** Ctrl-C and the stop button end a Python program so, a signal with 128 and its number. */
const killed: ReadonlySet<number> = new Set([255, 130, 137, 143])

/** A job whose machine was taken away did not fail by itself. */
export const endState = (exitCode: number, preempting: boolean): FinalState => {
  if (exitCode === 0) return "finished"
  return preempting || exitCode < 0 || killed.has(exitCode) ? "killed" : "failed"
}
