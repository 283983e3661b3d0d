/** Ends runs when their process does, for programs that asked for it. The process still ends the way it would have. */
import type { Run } from "./Run.ts"

const live = new Set<Run>()
let installed = false

export const finishOnExit = (run: Run): void => {
  live.add(run)
  if (installed) return
  installed = true
  process.on(
    "beforeExit",
    () => void finishAll("finished", process.exitCode === undefined ? 0 : Number(process.exitCode))
  )
  // A monitor sees the error before anyone handles it, and changes nothing about how it is handled.
  process.on("uncaughtExceptionMonitor", (error) => {
    const lastWords = error instanceof Error ? (error.stack ?? error.message) : String(error)
    for (const run of live) {
      run.markEnd("failed", 1, lastWords)
      run.sendAfterDeath()
    }
    live.clear()
  })
  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130]
  ] as const) {
    const onSignal = (): void => {
      // With other listeners the host decides whether the process ends; without, the signal would have ended it.
      const alone = process.listenerCount(signal) === 1
      void finishAll("killed", code).finally(() => {
        process.off(signal, onSignal)
        if (alone) process.kill(process.pid, signal)
      })
    }
    process.on(signal, onSignal)
  }
}

export const forgetRun = (run: Run): void => {
  live.delete(run)
}

/** Whoever sends a signal waits seconds, not half a minute; the spool keeps what did not get through. */
const signalTimeoutMs = 5000

const finishAll = async (state: "finished" | "killed", exitCode: number): Promise<void> => {
  const runs = [...live]
  live.clear()
  const end = exitCode !== 0 && state === "finished" ? "failed" : state
  await Promise.all(runs.map((run) => run.finish(exitCode, end, state === "killed" ? signalTimeoutMs : undefined)))
}
