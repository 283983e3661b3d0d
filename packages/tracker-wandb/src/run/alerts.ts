/** Alerts that a job sends: they stand in the run's log, in a stream of their own. */
import type { RunId } from "@wanllmdb/core"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"

export interface Alert {
  readonly title: string
  readonly text: string
  readonly severity: string
  /** Nanoseconds in which its sender wants no other alert of this title. */
  readonly waitNs: number
}

const levels: Readonly<Record<string, "error" | "warn">> = { ERROR: "error", WARN: "warn" }

/** When alerts that ask for silence came last, by run and title. */
const lately = new Map<string, number>()
const mostKept = 10_000

export const keepAlert = Effect.fnUntraced(function* (engine: Call["engine"], run: RunId, alert: Alert) {
  const { severity, text, title, waitNs } = alert
  const now = yield* Clock.currentTimeMillis
  const key = JSON.stringify([run, title])
  const last = lately.get(key)
  if (last !== undefined && now - last < waitNs / 1e6) return
  if (lately.size >= mostKept) lately.clear()
  lately.set(key, now)
  yield* engine.logs.append(run, [
    { level: levels[severity] ?? "info", stream: "alert", text: text === "" ? title : `${title}: ${text}` }
  ])
})
