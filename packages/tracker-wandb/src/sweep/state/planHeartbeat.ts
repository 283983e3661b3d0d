/**
 * What an agent's heartbeat does to a sweep, as a pure function of what is known: settles runs that ended, takes back those
 * that vanished, and says what the agent is to do next. It runs inside one compare-and-set, so two servers never give the same
 * trial twice.
 */
import type { SweepConfig } from "../config/SweepConfig.ts"
import type { ArgsText } from "../space/SearchSpace.ts"
import type { ActiveTrial, SweepState } from "./SweepState.ts"

/** What the engine knows of a trial's run. */
export type RunReport =
  | { readonly kind: "absent" }
  | {
      readonly kind: "present"
      readonly outcome: "running" | "complete" | "failed" | "stopped"
      /** Whether it has logged anything. */
      readonly logged: boolean
      readonly stopRequested: boolean
    }

export interface HeartbeatFacts {
  readonly agent: string
  /** Runs that the agent says it is running. */
  readonly running: ReadonlySet<string>
  /** Of the agent's own trials and of those in `vanished`. */
  reportOf(run: string): RunReport
  /** Runs of other agents that fell silent. */
  readonly vanished: ReadonlySet<string>
  /** A name that no run has. */
  freshRun(): string
  readonly now: number
}

export type Command =
  | { readonly type: "run"; readonly run: string; readonly args: ArgsText }
  | { readonly type: "stop"; readonly run: string }
  | { readonly type: "exit" }

export interface Settled {
  readonly trial: ActiveTrial
  readonly outcome: "complete" | "failed" | "stopped" | "lost"
}

export interface HeartbeatPlan {
  readonly state: SweepState
  readonly command: Command | null
  readonly settled: ReadonlyArray<Settled>
  /** Whether the command gives a trial that the agent did not have. */
  readonly isNew: boolean
}

/** A command may be lost on the way; one that was sent so often and never came to life has failed. */
const mostSends = 3
/** Attempts of a trial whose agents vanish. */
const mostAttempts = 4

export const argsOf = ({ method, space }: SweepConfig, { seed }: SweepState, number: number): ArgsText =>
  method === "grid" ? space.cell(number) : space.draw(seed, number)

/** Trials that the sweep may give out in all; without an end of its own: infinity. */
export const trialsIn = ({ method, space }: SweepConfig): number =>
  method === "grid" ? space.cells : Number.POSITIVE_INFINITY

class Planner {
  readonly #config: SweepConfig
  readonly #facts: HeartbeatFacts
  readonly settled: Array<Settled> = []
  state: SweepState

  constructor(state: SweepState, config: SweepConfig, facts: HeartbeatFacts) {
    this.state = state
    this.#config = config
    this.#facts = facts
  }

  /** Ends a trial, or puts it back when its agent vanished. */
  settle(trial: ActiveTrial, outcome: Settled["outcome"], logged: boolean): void {
    const { state } = this
    const isAgain = outcome === "lost" && trial.attempt < mostAttempts
    const final = outcome === "lost" ? "failed" : outcome
    this.settled.push({ trial, outcome })
    this.state = {
      ...state,
      active: state.active.filter(({ run }) => run !== trial.run),
      lost: state.lost + (outcome === "lost" ? 1 : 0),
      ...(isAgain
        ? { queue: [...state.queue, { number: trial.number, attempt: trial.attempt + 1 }] }
        : { [final]: state[final] + 1, counted: state.counted - (final === "failed" && !logged ? 1 : 0) })
    }
  }

  change(trial: ActiveTrial, change: Partial<ActiveTrial>): ActiveTrial {
    const changed = { ...trial, ...change }
    const active = this.state.active.map((one) => (one.run === trial.run ? changed : one))
    this.state = { ...this.state, active }
    return changed
  }

  /** The agent's own trials: which still run, which ended, which never began. Gives the command to send again, if any. */
  ownTrials(): Command | null {
    const { agent, reportOf, running } = this.#facts
    let command: Command | null = null
    for (const trial of this.state.active.filter((one) => one.agent === agent)) {
      const report = reportOf(trial.run)
      if (running.has(trial.run)) {
        const wanted = this.state.phase === "CANCELED" || (report.kind === "present" && report.stopRequested)
        if (!trial.seen || trial.stopping !== wanted) this.change(trial, { seen: true, stopping: wanted })
        if (wanted) command ??= { type: "stop", run: trial.run }
      } else if (report.kind === "present") {
        const isStopped = trial.stopping || report.stopRequested || this.state.phase === "CANCELED"
        const ended = report.outcome === "running" ? "failed" : report.outcome
        this.settle(trial, isStopped && ended === "failed" ? "stopped" : ended, report.logged)
      } else if (trial.seen || trial.sends >= mostSends || this.state.phase === "CANCELED") {
        this.settle(trial, trial.stopping || this.state.phase === "CANCELED" ? "stopped" : "failed", false)
      } else {
        this.change(trial, { sends: trial.sends + 1 })
        command ??= { type: "run", run: trial.run, args: argsOf(this.#config, this.state, trial.number) }
      }
    }
    return command
  }

  vanishedTrials(): void {
    const { reportOf, vanished } = this.#facts
    for (const trial of this.state.active.filter(({ run }) => vanished.has(run))) {
      const report = reportOf(trial.run)
      if (report.kind === "present" && report.outcome !== "running") {
        this.settle(trial, report.outcome, report.logged)
      } else if (this.state.phase === "CANCELED") this.settle(trial, "stopped", report.kind === "present")
      else this.settle(trial, "lost", false)
    }
  }

  /** The next trial, while there is one. */
  allot(): Command | null {
    const { agent, freshRun, now } = this.#facts
    const { state } = this
    const [again, ...rest] = state.queue
    if (again === undefined && !this.#hasNext()) return null
    const next = this.#next
    const { attempt, number } = again ?? { number: next, attempt: 1 }
    const trial: ActiveTrial = {
      number,
      attempt,
      run: freshRun(),
      agent,
      issuedAt: now,
      sends: 1,
      seen: false,
      stopping: false
    }
    this.state = {
      ...state,
      active: [...state.active, trial],
      ...(again === undefined ? { next: next + 1, counted: state.counted + 1 } : { queue: rest })
    }
    return { type: "run", run: trial.run, args: argsOf(this.#config, state, number) }
  }

  get #next(): number {
    let { next } = this.state
    while (this.state.skip.includes(next)) next++
    return next
  }

  /** Failures do not count against the cap, but no sweep fails for ever. */
  #hasNext(): boolean {
    const { runCap } = this.#config
    const { counted, skip } = this.state
    const next = this.#next
    return next < trialsIn(this.#config) && (runCap === null || (counted < runCap && next < 2 * runCap + skip.length))
  }

  get isExhausted(): boolean {
    return this.state.queue.length === 0 && !this.#hasNext()
  }
}

export const planHeartbeat = (state: SweepState, config: SweepConfig, facts: HeartbeatFacts): HeartbeatPlan => {
  const planner = new Planner(state, config, facts)
  planner.vanishedTrials()
  const done = (command: Command | null, isNew = false): HeartbeatPlan => ({
    state: planner.state === state ? state : { ...planner.state, updatedAt: facts.now },
    command,
    settled: planner.settled,
    isNew
  })
  const urgent = planner.ownTrials()
  if (urgent !== null) return done(urgent)
  // One trial at a time.
  if (planner.state.active.some(({ agent }) => agent === facts.agent)) return done(null)
  switch (planner.state.phase) {
    case "PAUSED":
      return done(null)
    case "CANCELED":
      return done({ type: "exit" })
    case "FINISHED":
      return done({ type: "exit" })
    case "RUNNING": {
      const command = planner.allot()
      if (command !== null) return done(command, true)
      // What others run may come back; until then there is nothing to do.
      if (planner.state.active.length > 0) return done(null)
      planner.state = { ...planner.state, phase: "FINISHED", exhausted: true }
      return done({ type: "exit" })
    }
  }
}
