/** Sweeps: made and changed by `wandb sweep`, read by agents and by the public API. */
import type { Call } from "../call/Call.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import { Variables } from "../graphql/Variables.ts"
import { connectionOf } from "../read/connection.ts"
import { readProject } from "../read/readPlace.ts"
import { listRuns } from "../read/runOperations.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { agentOperations } from "./agentOperations.ts"
import { type FoundSweep, findSweep, visibleSweep } from "./findSweep.ts"
import { listSweeps } from "./state/sweepDocuments.ts"
import { bestLossOf, sweepNode } from "./sweepNode.ts"
import { upsertSweep } from "./upsertSweep.ts"

const mostAtOnce = 1_000

const getSweep = async (variables: Variables, call: Call) => {
  const project = await readProject(variables, call, "project", "run.read")
  const found = await findSweep(call, project, variables.neededText("name"))
  if (project === null) return { project: null }
  if (found === null) return { project: { sweep: null } }
  return { project: { sweep: sweepNode(found, await settle(bestLossOf(call.engine, found))) } }
}

/** The newest runs of the sweep; what the client does with all of them it does by `Runs`. */
const runsOf = async (call: Call, { place, project }: FoundSweep, document: string) => {
  const variables = new Variables({
    filters: JSON.stringify({ sweep: place.name }),
    order: "-created_at",
    perPage: mostAtOnce
  })
  const { connection } = await listRuns(variables, call, project, document)
  return { edges: connection.edges.map(({ node }) => ({ node: { ...node, sampledHistory: [[]] } })) }
}

export const sweepOperations: Operations = {
  ...agentOperations,

  UpsertSweep: async (variables, call) => {
    const upserted = await upsertSweep(variables, call)
    return { upsertSweep: { sweep: sweepNode(upserted), configValidationWarnings: upserted.warnings } }
  },

  UpsertSweepState: async (variables, call) => {
    const upserted = await upsertSweep(variables, call)
    return { upsertSweep: { sweep: sweepNode(upserted), configValidationWarnings: [] } }
  },

  GetSweep: getSweep,
  GetSweepLegacy: getSweep,

  GetSweeps: async (variables, call) => {
    const project = await readProject(variables, call, "project", "run.read")
    if (project === null) return { project: null }
    const filters = variables.jsonFields("filters") ?? {}
    if (Object.keys(filters).length > 0) throw new ClientFault(400, "variables.filters: sweeps cannot be filtered")
    const all = await settle(listSweeps(call.engine, project))
    const from = Number(variables.text("cursor") ?? "") || 0
    const limit = Math.max(1, variables.count("perPage", 50, mostAtOnce))
    const items = all
      .slice(from, from + limit)
      .map((state) => sweepNode({ project, place: { project: project.id, name: state.name }, state }))
    const next = from + limit < all.length ? String(from + limit) : null
    return { project: { totalSweeps: all.length, sweeps: connectionOf({ items, next }) } }
  },

  SweepWithRuns: async (variables, call, document) => {
    const found = await visibleSweep(variables, call)
    if (found === null) return { project: { sweep: null } }
    const runs = found.mayRead ? await runsOf(call, found, document) : { edges: [] }
    return { project: { sweep: { ...sweepNode(found), runs } } }
  },

  SweepConfig: async (variables, call) => {
    const found = await visibleSweep(variables, call)
    return { project: { sweep: found === null ? null : sweepNode(found) } }
  },

  GetSweepState: async (variables, call) => {
    const found = await visibleSweep(variables, call)
    if (found === null) throw new ClientFault(404, "variables.sweep: names no sweep of the project")
    return { project: { sweep: { state: found.state.phase } } }
  }
}
