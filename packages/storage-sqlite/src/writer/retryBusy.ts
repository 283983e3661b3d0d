/**
 * Waits for another process's write lock with short jittered sleeps. SQLite's own busy handler backs off so far that one of
 * four saturating processes waited for seconds; this keeps the longest wait near a tenth of one.
 */
import { faultOf } from "../driver/SqliteFault.ts"

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Runs `body`, again while it fails with a busy fault, for at most `limitMs`. It blocks the thread: use it in the writer only. */
export const retryBusy = <A>(body: () => A, limitMs: number): A => {
  const deadline = performance.now() + limitMs
  for (;;) {
    try {
      return body()
    } catch (cause) {
      const fault = faultOf(cause)
      if (fault.kind !== "busy" || performance.now() > deadline) throw fault
      Atomics.wait(sleeper, 0, 0, 0.2 + Math.random())
    }
  }
}
