/** What sweep agents call, and how agents are read. */
import { randomUUID } from "node:crypto"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { findProject } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import type { Variables } from "../graphql/Variables.ts"
import { connectionOf } from "../read/connection.ts"
import { readProject } from "../read/readPlace.ts"
import { optionsIn, runNode } from "../read/runNode.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { fromGlobalId } from "../wire/globalId.ts"
import { acceptedConfig } from "./config/SweepConfig.ts"
import { agentById, agentGlobalId, type FoundSweep, findSweep } from "./findSweep.ts"
import { agentLeaseMs, heartbeat } from "./heartbeat.ts"
import { serially } from "./serially.ts"
import type { Command } from "./state/planHeartbeat.ts"
import { changeAgent, listAgentRuns, listAgents, readAgent, type SweepAgent } from "./state/sweepDocuments.ts"

const mostAtOnce = 1_000

/** The list of commands as text. Agents in a Python process look at the first one only, so there is never more than one. */
const commandsText = (command: Command | null, program: string): string => {
  if (command === null) return "[]"
  if (command.type === "exit") return JSON.stringify([{ type: "exit" }])
  const { run, type } = command
  if (type === "stop") return JSON.stringify([{ type, run_id: run }])
  const head = JSON.stringify({ type, run_id: run, program, logs: [] }).slice(0, -1)
  return `[${head},"args":${command.args}}]`
}

const agentNode = ({ place, state }: FoundSweep, agent: SweepAgent, now: number) => ({
  __typename: "Agent",
  id: agentGlobalId(place, agent.id),
  name: agent.id,
  host: agent.host,
  state: agent.ended
    ? "FINISHED"
    : now - agent.heartbeatAt > agentLeaseMs
      ? "CRASHED"
      : state.active.some((trial) => trial.agent === agent.id)
        ? "RUNNING"
        : "PENDING",
  totalRuns: agent.totalRuns,
  createdAt: new Date(agent.createdAt).toISOString(),
  heartbeatAt: new Date(agent.heartbeatAt).toISOString()
})

const readableSweep = async (variables: Variables, call: Call) =>
  findSweep(call, await readProject(variables, call, "project", "run.read"), variables.neededText("sweep"))

/** By its name or its id. */
const readableAgent = async (variables: Variables, call: Call, found: FoundSweep): Promise<SweepAgent | null> => {
  const text = variables.neededText("agentID")
  const name = fromGlobalId("Agent", text)?.split("/").at(-1) ?? text
  return settle(readAgent(call.engine, found.place, name))
}

/** Runs that the agent was given and that came to life, in pages. */
const agentRuns = async (
  variables: Variables,
  call: Call,
  { place, project }: FoundSweep,
  agent: string,
  document: string
) => {
  const { engine } = call
  const slugs = await settle(listAgentRuns(engine, place, agent))
  if (variables.text("order")?.startsWith("-") === true) slugs.reverse()
  const from = Number(variables.text("after") ?? "") || 0
  const limit = Math.max(1, variables.count("first", 50, mostAtOnce))
  const asked = slugs.slice(from, from + limit)
  const runs = await settle(
    Effect.forEach(asked, (slug) => Effect.result(engine.runs.get(`${project.entity}:${project.slug}:${slug}`)))
  )
  const present = runs.flatMap((run) => (run._tag === "Success" && run.success.deletedAt === null ? [run.success] : []))
  const items = await settle(Effect.forEach(present, (run) => runNode(engine, run, optionsIn(document))))
  return connectionOf({ items, next: from + limit < slugs.length ? String(from + limit) : null })
}

export const agentOperations: Operations = {
  CreateAgent: async (variables, call) => {
    const project = await findProject(call, variables.text("entityName"), variables.text("projectName"), "run.create")
    const found = await findSweep(call, project, variables.neededText("sweep"))
    if (found === null) throw new ClientFault(404, "variables.sweep: names no sweep of the project")
    const id = randomUUID().replaceAll("-", "").slice(0, 16)
    const host = (variables.text("host") ?? "").toWellFormed().slice(0, 256)
    await settle(
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const agent = {
          id,
          host,
          user: call.principal.name,
          createdAt: now,
          heartbeatAt: now,
          ended: false,
          totalRuns: 0
        }
        yield* changeAgent(call.engine, found.place, id, () => agent)
      })
    )
    return { createAgent: { agent: { id: agentGlobalId(found.place, id), name: id } } }
  },

  Heartbeat: async (variables, call) => {
    const id = variables.neededText("id")
    const found = await agentById(call, id, "run.create")
    const runState = variables.jsonFields("runState") ?? {}
    const running = new Set(Object.keys(runState).filter((run) => Boolean(runState[run])))
    const { agent, place } = found
    if ((await settle(readAgent(call.engine, place, agent))) === null)
      throw new ClientFault(404, "There is no such agent")
    const command = await serially(`${place.project}/${place.name}`, () =>
      settle(heartbeat(call.engine, found, agent, running))
    )
    const { program } = acceptedConfig(found.state.config)
    return { agentHeartbeat: { agent: { id }, commands: commandsText(command, program) } }
  },

  GetSweepAgent: async (variables, call) => {
    const found = await readableSweep(variables, call)
    if (found === null) return { project: { sweep: null } }
    const agent = await readableAgent(variables, call, found)
    return { project: { sweep: { agent: agent === null ? null : agentNode(found, agent, Date.now()) } } }
  },

  GetSweepAgents: async (variables, call) => {
    const found = await readableSweep(variables, call)
    if (found === null) return { project: { sweep: null } }
    const agents = await settle(listAgents(call.engine, found.place))
    const items = agents.map((agent) => agentNode(found, agent, Date.now()))
    return { project: { sweep: { agents: connectionOf({ items, next: null }) } } }
  },

  GetAgentRuns: async (variables, call, document) => {
    const found = await readableSweep(variables, call)
    if (found === null) return { project: { sweep: null } }
    const agent = await readableAgent(variables, call, found)
    if (agent === null) return { project: { sweep: { agent: null } } }
    return { project: { sweep: { agent: { runs: await agentRuns(variables, call, found, agent.id, document) } } } }
  }
}
