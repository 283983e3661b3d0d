import { keysAuth } from "@wanllmdb/server"
import { afterAll, describe, expect, it } from "vitest"
import { ReadServer } from "../read/ReadServer.ts"

const server = new ReadServer()
afterAll(() => server.wan.close())

interface Command {
  readonly type: string
  readonly run_id?: string
  readonly args?: Readonly<Record<string, { readonly value: unknown }>>
}

const make = async (config: object, options: object = {}): Promise<{ readonly name: string; readonly id: string }> => {
  const { upsertSweep } = await server.ask("UpsertSweep", {
    entityName: "local",
    projectName: "p",
    config: JSON.stringify(config),
    ...options
  })
  return { name: upsertSweep.sweep.name, id: upsertSweep.sweep.id }
}

const state = async (name: string): Promise<string> =>
  (await server.ask("GetSweepState", { sweep: name })).project.sweep.state

class Agent {
  readonly #id: string
  readonly running = new Set<string>()

  constructor(id: string) {
    this.#id = id
  }

  static async of(sweep: string): Promise<Agent> {
    const { createAgent } = await server.ask("CreateAgent", {
      host: "box",
      entityName: "local",
      projectName: "p",
      sweep
    })
    return new Agent(createAgent.agent.id)
  }

  async beat(): Promise<Command | undefined> {
    const runState = JSON.stringify(Object.fromEntries([...this.running].map((run) => [run, true])))
    const { agentHeartbeat } = await server.ask("Heartbeat", { id: this.#id, metrics: "{}", runState })
    const commands: ReadonlyArray<Command> = JSON.parse(agentHeartbeat.commands)
    expect(commands.length).toBeLessThan(2)
    return commands[0]
  }

  /** Runs what it is given until it is told to exit; gives the arguments of each run. */
  async work(sweep: string): Promise<ReadonlyArray<string>> {
    const done: Array<string> = []
    for (let beats = 0; beats < 2_000; beats++) {
      const command = await this.beat()
      if (command?.type === "exit") return done
      if (command?.type !== "run" || command.run_id === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const run = command.run_id
      this.running.add(run)
      await server.run(run, { sweep })
      await this.beat()
      await server.rows(run, 0, [{ loss: 1, _step: 0 }])
      await server.stream(run, { complete: true, exitcode: 0 })
      this.running.delete(run)
      done.push(JSON.stringify(command.args))
    }
    throw new Error("the sweep has no end")
  }
}

describe("agents of a sweep", () => {
  it("run every cell of a grid exactly once, however many there are", async () => {
    const { name } = await make({
      method: "grid",
      parameters: { a: { values: [1, 2, 3, 4] }, b: { values: ["x", "y", "z"] } }
    })
    const agents = await Promise.all(Array.from({ length: 6 }, () => Agent.of(name)))
    const done = (await Promise.all(agents.map((agent) => agent.work(name)))).flat()
    expect(done).toHaveLength(12)
    expect(new Set(done).size).toBe(12)
    expect(await state(name)).toBe("FINISHED")
    const { sweep } = (await server.ask("GetSweep", { name })).project
    expect(sweep).toMatchObject({ runCount: 12, runCountExpected: 12, method: "grid" })
    expect(await server.names({ sweep: name }, { perPage: 50 })).toHaveLength(12)
    const { edges } = (await server.ask("GetSweepAgents", { sweep: name })).project.sweep.agents
    expect(edges.reduce((sum: number, { node }: { node: { totalRuns: number } }) => sum + node.totalRuns, 0)).toBe(12)
  })

  it("never pass the cap of a random search, and draw something else each time", async () => {
    const { name } = await make({ method: "random", run_cap: 7, parameters: { x: { min: 0.1, max: 0.9 } } })
    const agents = await Promise.all(Array.from({ length: 4 }, () => Agent.of(name)))
    const done = (await Promise.all(agents.map((agent) => agent.work(name)))).flat()
    expect(new Set(done).size).toBe(7)
    expect(done).toHaveLength(7)
  })

  it("skip cells of a grid that prior runs have covered, and list those runs with the sweep's own", async () => {
    await server.run("before1", { config: { a: 2, net: { b: "y" }, other: 1 } })
    await server.run("before2", { config: { a: 9, net: { b: "y" } } })
    const parameters = { a: { values: [1, 2] }, net: { parameters: { b: { values: ["x", "y"] } } } }
    const priorRunsFilters = JSON.stringify({ $or: ["before1", "before2", "none"].map((name) => ({ name })) })
    const { name } = await make({ method: "grid", parameters }, { priorRunsFilters })
    const done = await (await Agent.of(name)).work(name)
    expect(done.map((args) => JSON.parse(args))).toEqual([
      { a: { value: 1 }, net: { value: { b: "x" } } },
      { a: { value: 1 }, net: { value: { b: "y" } } },
      { a: { value: 2 }, net: { value: { b: "x" } } }
    ])
    const names = await server.names({ sweep: name })
    expect(names).toHaveLength(5)
    expect(names).toEqual(expect.arrayContaining(["before1", "before2"]))
  })

  it("make the same draws from the same seed", async () => {
    const config = { method: "random", run_cap: 3, wanllmdb: { seed: 17 }, parameters: { x: { min: 0.1, max: 0.9 } } }
    const draws = async () => {
      const { name } = await make(config)
      return (await Agent.of(name)).work(name)
    }
    expect(await draws()).toEqual(await draws())
  })

  it("get a command again whose answer was lost, and give up on one that never comes to life", async () => {
    const { name } = await make({ method: "grid", parameters: { a: { values: [1, 2] } } })
    const agent = await Agent.of(name)
    const first = await agent.beat()
    expect(await agent.beat()).toEqual(first)
    expect(await agent.beat()).toEqual(first)
    const second = await agent.beat()
    expect(second?.run_id).not.toBe(first?.run_id)
    expect(second?.args).toEqual({ a: { value: 2 } })
  })

  it("get nothing while the sweep is paused, and go on when it is resumed", async () => {
    const { id, name } = await make({ method: "grid", parameters: { a: { values: [1] } } })
    const agent = await Agent.of(name)
    await server.ask("UpsertSweepState", { id, state: "PAUSED" })
    expect(await agent.beat()).toBeUndefined()
    expect(await state(name)).toBe("PAUSED")
    await server.ask("UpsertSweepState", { id, state: "RUNNING" })
    expect((await agent.beat())?.type).toBe("run")
  })

  it("let their run finish when the sweep is stopped, and end it when it is cancelled", async () => {
    for (const [phase, expected] of [
      ["FINISHED", undefined],
      ["CANCELED", "stop"]
    ] as const) {
      const { id, name } = await make({ method: "random", parameters: { a: { min: 0.1, max: 0.2 } } })
      const agent = await Agent.of(name)
      const run = (await agent.beat())?.run_id ?? ""
      agent.running.add(run)
      await server.run(run, { sweep: name })
      await agent.beat()
      await server.ask("UpsertSweep", { id, state: phase })
      expect((await agent.beat())?.type).toBe(expected)
      agent.running.delete(run)
      expect((await agent.beat())?.type).toBe("exit")
      expect(await state(name)).toBe(phase)
      if (phase === "CANCELED") expect((await server.ask("RunState", { run })).project.run.state).toBe("killed")
    }
  })

  it("stop a run that someone asked to stop", async () => {
    const { name } = await make({ method: "random", parameters: { a: { min: 0.1, max: 0.2 } } })
    const agent = await Agent.of(name)
    const run = (await agent.beat())?.run_id ?? ""
    agent.running.add(run)
    const id = await server.run(run, { sweep: name })
    expect(await agent.beat()).toBeUndefined()
    await server.ask("StopRun", { id })
    expect(await agent.beat()).toEqual({ type: "stop", run_id: run })
    agent.running.delete(run)
    expect((await agent.beat())?.type).toBe("run")
  })

  it("take a higher cap, and keep the cells of a grid that has begun", async () => {
    const random = (cap: number) => ({ method: "random", run_cap: cap, parameters: { a: { min: 0.1, max: 0.2 } } })
    const { id, name } = await make(random(1))
    await (await Agent.of(name)).work(name)
    expect(await state(name)).toBe("FINISHED")
    await make(random(2), { id })
    expect(await state(name)).toBe("RUNNING")
    expect(await (await Agent.of(name)).work(name)).toHaveLength(1)
    const grid = await make({ method: "grid", parameters: { a: { values: [1, 2] } } })
    await (await Agent.of(grid.name)).beat()
    const other = { method: "grid", parameters: { a: { values: [1, 3] } } }
    await expect(make(other, { id: grid.id })).rejects.toThrow(/keeps its cells/)
  })

  it("are told in one answer all that is wrong with a config", async () => {
    await expect(make({ method: "bayes", nonsense: 1, parameters: { a: { min: 2, max: 1 } } })).rejects.toThrow(
      /method: bayes is not supported.*nonsense.*parameters\.a: min 2/
    )
    const { upsertSweep } = await server.ask("UpsertSweep", {
      projectName: "p",
      config: "method: random\nearly_terminate: {type: hyperband, min_iter: 3}\nparameters: {a: {value: 1}}"
    })
    expect(upsertSweep.configValidationWarnings).toEqual([expect.stringMatching(/^early_terminate: /)])
  })

  it("get 404 for a sweep or an agent that does not exist", async () => {
    await expect(server.ask("CreateAgent", { host: "b", projectName: "p", sweep: "none0000" })).rejects.toThrow(/404/)
    await expect(server.ask("Heartbeat", { id: "bm9uZQ==", runState: "{}" })).rejects.toThrow(/404/)
    expect((await server.ask("GetSweep", { name: "none0000" })).project.sweep).toBeNull()
  })
})

describe("keys and sweeps", () => {
  it("a key that only writes runs an agent, and reads no run of the sweep", async () => {
    const guarded = new ReadServer({ auth: keysAuth() })
    const { wan } = guarded
    const key = async (role: "member" | "viewer" | "ingest") => (await wan.keys.create({ role })).key
    const [member, viewer, ingest] = [await key("member"), await key("viewer"), await key("ingest")]
    const config = "method: grid\nparameters: {a: {values: [1, 2]}}"
    const made = await guarded.ask("UpsertSweep", { entityName: "local", projectName: "p", config }, "", member)
    const { id, name } = made.upsertSweep.sweep
    const headers = { authorization: `Bearer ${member}` }
    await guarded.upsert("secret", { sweep: name, displayName: "classified" }, { headers })
    const agentFields = { host: "b", entityName: "local", projectName: "p", sweep: name }
    const { createAgent } = await guarded.ask("CreateAgent", agentFields, "", ingest)
    const beat = await guarded.ask("Heartbeat", { id: createAgent.agent.id, runState: "{}" }, "", ingest)
    expect(beat.agentHeartbeat.commands).toContain('"type":"run"')
    const seen = await guarded.ask("SweepWithRuns", { sweep: name, specs: "{}" }, "config", ingest)
    expect(seen.project.sweep.config).toBe(config)
    expect(seen.project.sweep.runs.edges).toEqual([])
    expect(
      (await guarded.ask("SweepWithRuns", { sweep: name, specs: "{}" }, "", viewer)).project.sweep.runs.edges.length
    ).toBe(1)
    expect((await guarded.ask("GetSweep", { name }, "", ingest)).project).toBeNull()
    await expect(guarded.ask("CreateAgent", agentFields, "", viewer)).rejects.toThrow(/403/)
    await expect(guarded.ask("UpsertSweepState", { id, state: "CANCELED" }, "", viewer)).rejects.toThrow(/403/)
    await wan.close()
  })
})
