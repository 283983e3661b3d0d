/** An agent's heartbeat against the stores: gathers what is known, plans inside one compare-and-set, notes what happened. */
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { acceptedConfig } from "./config/SweepConfig.ts"
import type { FoundSweep } from "./findSweep.ts"
import { randomName } from "./randomName.ts"
import { type HeartbeatPlan, planHeartbeat, type RunReport, type Settled } from "./state/planHeartbeat.ts"
import type { ActiveTrial, SweepState } from "./state/SweepState.ts"
import {
  changeAgent,
  changeSweep,
  noteAgentRun,
  noteAttempt,
  readAgent,
  type SweepPlace
} from "./state/sweepDocuments.ts"

type Engine = Call["engine"]

/** Agents beat every five seconds. One that is silent this long is gone, unless its run still lives. */
export const agentLeaseMs = 60_000
/** A run beats every half minute. */
export const runLeaseMs = 5 * 60_000
/** How often silent agents are looked for. */
const reapEveryMs = 10_000

const outcomes = { finished: "complete", failed: "failed", crashed: "failed", killed: "stopped" } as const

const reportOf = Effect.fnUntraced(function* (engine: Engine, { entity, slug }: RunRef, run: string) {
  const found = yield* Effect.result(engine.runs.get(`${entity}:${slug}:${run}`))
  if (found._tag === "Failure") {
    if (found.failure._tag === "RunNotFound") return absent
    return yield* found.failure
  }
  const { id, state, stopRequested, updatedAt, heartbeatAt } = found.success
  const ended = state === "finished" || state === "failed" || state === "crashed" || state === "killed"
  const logged = ended ? (yield* engine.metricStore.keys({ run: id, limit: 1 })).length > 0 : true
  const report: RunReport = { kind: "present", outcome: ended ? outcomes[state] : "running", logged, stopRequested }
  return { report, aliveAt: ended ? 0 : Math.max(updatedAt, heartbeatAt ?? 0) }
})

interface RunRef {
  readonly entity: string
  /** Of the project. */
  readonly slug: string
}

const absent: { readonly report: RunReport; readonly aliveAt: number } = { report: { kind: "absent" }, aliveAt: 0 }

/** When silent agents of a sweep were looked for last, and when this server first heard of it: others' silence before is unknown. */
const watches = new Map<string, { readonly since: number; reapedAt: number }>()

const watchOf = (place: SweepPlace, now: number) => {
  const key = `${place.project}/${place.name}`
  const watch = watches.get(key) ?? { since: now, reapedAt: now }
  watches.set(key, watch)
  return watch
}

const silentTrials = Effect.fnUntraced(function* (engine: Engine, found: FoundSweep, agent: string, now: number) {
  const watch = watchOf(found.place, now)
  if (now - watch.reapedAt < reapEveryMs) return []
  watch.reapedAt = now
  const others = found.state.active.filter((trial) => trial.agent !== agent)
  const silent: Array<ActiveTrial> = []
  for (const trial of others) {
    const owner = yield* readAgent(engine, found.place, trial.agent)
    if (now - Math.max(owner?.heartbeatAt ?? 0, watch.since) > agentLeaseMs) silent.push(trial)
  }
  return silent
})

export const heartbeat = Effect.fnUntraced(function* (
  engine: Engine,
  found: FoundSweep,
  agent: string,
  running: ReadonlySet<string>
) {
  const { place, project } = found
  const now = yield* Clock.currentTimeMillis
  const silent = yield* silentTrials(engine, found, agent, now)
  const reports = new Map<string, RunReport>()
  const vanished = new Set<string>()
  const look = Effect.fnUntraced(function* (state: SweepState) {
    for (const trial of [...state.active.filter((one) => one.agent === agent), ...silent]) {
      if (reports.has(trial.run)) continue
      const { aliveAt, report } = yield* reportOf(engine, project, trial.run)
      reports.set(trial.run, report)
      if (trial.agent !== agent && now - aliveAt > runLeaseMs) vanished.add(trial.run)
    }
  })
  const plan = yield* changeSweep(engine, place, (state) =>
    Effect.gen(function* () {
      yield* look(state)
      const planned = planHeartbeat(state, acceptedConfig(state.config), {
        agent,
        running,
        vanished,
        now,
        freshRun: randomName,
        reportOf: (run) => reports.get(run) ?? { kind: "absent" }
      })
      // Before the change: a record is written twice rather than never.
      yield* Effect.forEach(
        planned.settled,
        ({ outcome, trial }: Settled) => noteAttempt(engine, place, trial, outcome),
        {
          discard: true
        }
      )
      return [planned.state, planned] as const
    })
  )
  if (plan === null) return null
  for (const { outcome, trial } of plan.settled) {
    const report = reports.get(trial.run)
    if (report?.kind !== "present" || report.outcome !== "running" || outcome === "lost") continue
    // The process is gone and told nothing: it was ended from outside.
    const end = { state: outcome === "stopped" ? "killed" : "failed" } as const
    yield* Effect.ignore(engine.runs.finish(`${project.entity}:${project.slug}:${trial.run}`, end))
  }
  yield* noteAgent(engine, place, agent, now, plan)
  return plan.command
})

const noteAgent = Effect.fnUntraced(function* (
  engine: Engine,
  place: SweepPlace,
  agent: string,
  now: number,
  { command, isNew }: HeartbeatPlan
) {
  if (isNew && command?.type === "run") yield* noteAgentRun(engine, place, agent, now, command.run)
  yield* changeAgent(engine, place, agent, (before) =>
    before === null
      ? null
      : {
          ...before,
          heartbeatAt: now,
          ended: command?.type === "exit",
          totalRuns: before.totalRuns + (isNew ? 1 : 0)
        }
  )
})
