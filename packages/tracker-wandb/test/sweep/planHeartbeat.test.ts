import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { acceptedConfig } from "../../src/sweep/config/SweepConfig.ts"
import { type HeartbeatPlan, planHeartbeat, type RunReport } from "../../src/sweep/state/planHeartbeat.ts"
import { newSweep, type SweepState } from "../../src/sweep/state/SweepState.ts"

const gridOf = (cells: number, cap: number | null): string =>
  JSON.stringify({
    method: "grid",
    ...(cap !== null && { run_cap: cap }),
    parameters: { a: { values: Array.from({ length: cells }, (_, i) => i) } }
  })

/** A world of agents that lose answers, die, and whose runs fail; it keeps what truly happened. */
class World {
  state: SweepState
  readonly reports = new Map<string, RunReport>()
  readonly dead = new Set<string>()
  readonly processes = new Map<string, string>()
  /** Cell of each run that completed. */
  readonly completed: Array<number> = []
  readonly cells = new Map<string, number>()
  #names = 0

  constructor(config: string) {
    this.state = newSweep({
      name: "s",
      config,
      displayName: null,
      description: null,
      seed: "s",
      user: "u",
      skip: [],
      createdAt: 0
    })
  }

  beat(agent: string, isLost: boolean, vanished: ReadonlySet<string> = new Set()): HeartbeatPlan {
    const mine = this.processes.get(agent)
    const plan = planHeartbeat(this.state, acceptedConfig(this.state.config), {
      agent,
      running: new Set(mine === undefined ? [] : [mine]),
      vanished,
      now: 1,
      freshRun: () => `r${this.#names++}`,
      reportOf: (run) => this.reports.get(run) ?? { kind: "absent" }
    })
    this.state = plan.state
    if (!isLost && plan.command?.type === "run") {
      expect(mine).toBeUndefined()
      this.processes.set(agent, plan.command.run)
      this.cells.set(plan.command.run, JSON.parse(plan.command.args).a.value)
    }
    return plan
  }

  /** The agent's process begins, logs, ends. */
  end(agent: string, outcome: "complete" | "failed" | "unborn"): void {
    const run = this.processes.get(agent)
    if (run === undefined) return
    this.processes.delete(agent)
    if (outcome === "unborn") return
    this.reports.set(run, { kind: "present", outcome, logged: true, stopRequested: false })
    if (outcome === "complete") this.completed.push(this.cells.get(run)!)
  }

  /** Runs of agents that are dead, as the lease finds them. */
  get orphans(): ReadonlySet<string> {
    return new Set(this.state.active.filter(({ agent }) => this.dead.has(agent)).map(({ run }) => run))
  }

  check(cap: number | null): void {
    const numbers = this.state.active.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.some((number) => this.state.queue.some((one) => one.number === number))).toBe(false)
    const agents = this.state.active.map(({ agent }) => agent)
    expect(new Set(agents).size).toBe(agents.length)
    if (cap !== null) expect(this.state.counted).toBeLessThanOrEqual(cap)
  }
}

const action = fc.record({
  agent: fc.constantFrom("a", "b", "c", "d"),
  what: fc.constantFrom("beat", "beat", "beat", "lost", "complete", "complete", "failed", "unborn", "die")
})

describe("a sweep's plan", () => {
  it("runs every cell to one end, whatever agents lose, break or leave behind", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.option(fc.integer({ min: 1, max: 8 })),
        fc.array(action, { maxLength: 80 }),
        (cells, cap, actions) => {
          const world = new World(gridOf(cells, cap))
          for (const { agent, what } of actions) {
            if (world.dead.has(agent)) continue
            if (what === "beat" || what === "lost") world.beat(agent, what === "lost", world.orphans)
            else if (what === "die") world.dead.add(agent)
            else world.end(agent, what)
            world.check(cap)
          }
          // The last ones work on; what others left behind is taken back.
          for (const agent of ["a", "b", "c", "d"]) if (!world.dead.has(agent)) world.end(agent, "complete")
          for (const agent of ["a", "b", "c", "d"]) world.dead.add(agent)
          let isOver = false
          for (let i = 0; i < 200 && !isOver; i++) {
            isOver = world.beat("last", false, world.orphans).command?.type === "exit"
            world.check(cap)
            world.end("last", "complete")
          }
          const { active, complete, failed, next, phase, queue, stopped } = world.state
          expect(phase).toBe("FINISHED")
          expect([active, queue]).toEqual([[], []])
          expect(complete + failed + stopped).toBe(next)
          expect(new Set(world.completed).size).toBe(world.completed.length)
          if (cap === null || cap >= cells) expect(next).toBe(cells)
          else expect(next).toBeGreaterThanOrEqual(cap)
        }
      ),
      { numRuns: 200 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })

  it("gives a trial whose agent vanished to another one with a run of its own, and gives up after four", () => {
    const world = new World(gridOf(1, null))
    const runs = new Set<string>()
    for (const agent of ["a", "b", "c", "d"]) {
      const { command } = world.beat(agent, false, world.orphans)
      expect(command?.type).toBe("run")
      runs.add(world.processes.get(agent)!)
      world.dead.add(agent)
    }
    expect(runs.size).toBe(4)
    expect(world.beat("e", false, world.orphans).command?.type).toBe("exit")
    expect(world.state).toMatchObject({ phase: "FINISHED", failed: 1, lost: 4, complete: 0 })
  })

  it("does not count runs that failed before they logged anything, but does not fail for ever", () => {
    const config = JSON.stringify({ method: "random", run_cap: 3, parameters: { a: { values: [1, 2, 3] } } })
    const world = new World(config)
    for (let i = 0; i < 100 && world.state.phase === "RUNNING"; i++) {
      world.beat("a", false)
      world.end("a", "unborn")
    }
    expect(world.state).toMatchObject({ phase: "FINISHED", failed: 6, counted: 0 })
  })
})
