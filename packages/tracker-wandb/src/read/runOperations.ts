/** Runs for the public API: one, many by filter and order, their state, and what may be done with them. */
import type { Project, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { checkRun } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import type { Variables } from "../graphql/Variables.ts"
import { summaryMetrics } from "../run/bucket.ts"
import { runById } from "../run/upsertBucket.ts"
import { sweepRuns } from "../sweep/sweepRuns.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { connectionOf } from "./connection.ts"
import { mongoFilter, sweepsIn } from "./filter/mongoFilter.ts"
import { runOrder } from "./filter/runOrder.ts"
import { internalId } from "./internalId.ts"
import { readProject, readRun } from "./readPlace.ts"
import { optionsIn, runNode } from "./runNode.ts"

const mostAtOnce = 1_000
const runsAtOnce = 8
const longestFilter = 1_048_576

/** Runs that the filter and the sweeps it names stand for, in pages. */
const findRuns = Effect.fnUntraced(function* (
  engine: Call["engine"],
  project: Project,
  query: {
    readonly filter: unknown
    readonly order: string | null
    readonly limit: number
    readonly cursor: string | null
  }
) {
  const members = new Map<string, ReadonlyArray<string>>()
  for (const sweep of sweepsIn(query.filter)) members.set(sweep, yield* sweepRuns(engine, project.id, sweep))
  const page = yield* engine.search.search({
    project: project.id,
    filter: mongoFilter(query.filter, (sweep) => members.get(sweep) ?? []),
    // A sweep gets new runs while its list is read.
    cursorOf: JSON.stringify(query.filter),
    sort: runOrder(query.order),
    limit: query.limit,
    cursor: query.cursor ?? undefined
  })
  const found = yield* Effect.forEach(page.items, ({ id }) => Effect.result(engine.runs.get(id)), {
    concurrency: runsAtOnce
  })
  // One that was deleted in between is left out.
  const runs = found.flatMap((run) => (run._tag === "Success" ? [run.success] : []))
  return { runs, next: page.next, total: page.total }
})

export const listRuns = async (variables: Variables, call: Call, project: Project, document: string) => {
  const { engine } = call
  const cursor = variables.text("cursor")
  if ((variables.text("filters")?.length ?? 0) > longestFilter) {
    throw new ClientFault(400, `variables.filters: must have at most ${longestFilter} characters`)
  }
  const { next, runs, total } = await settle(
    findRuns(engine, project, {
      filter: variables.jsonFields("filters") ?? {},
      order: variables.text("order"),
      limit: Math.max(1, variables.count("perPage", variables.count("first", 50, mostAtOnce), mostAtOnce)),
      cursor: cursor === "" ? null : cursor
    })
  )
  const options = optionsIn(document)
  const items = await settle(Effect.forEach(runs, (run) => runNode(engine, run, options), { concurrency: runsAtOnce }))
  return { total, connection: connectionOf({ items, next }), runs }
}

const mutableRun = async (call: Call, id: string, action: "run.delete" | "run.update"): Promise<Run> => {
  const run = await runById(call, id)
  await checkRun(call, run, action)
  return run
}

export const runOperations: Operations = {
  Run: async (variables, call, document) => {
    const run = await readRun(variables, call, "name")
    if (run === null) return { project: { run: null } }
    return { project: { run: await settle(runNode(call.engine, run, optionsIn(document))) } }
  },

  Runs: async (variables, call, document) => {
    const project = await readProject(variables, call, "project", "run.read")
    if (project === null) return { project: null }
    const { connection, total } = await listRuns(variables, call, project, document)
    return { project: { internalId: internalId(project.id), readOnly: false, runCount: total, runs: connection } }
  },

  RunState: async (variables, call) => {
    const run = await readRun(variables, call, variables.text("run") === null ? "name" : "run")
    return { project: { run: run === null ? null : { id: run.id, state: run.state } } }
  },

  QueryRunInfo: async (variables, call) => {
    const run = await readRun(variables, call, "run")
    if (run === null) return { project: { run: null } }
    const summary = await settle(summaryMetrics(call.engine, run))
    return { project: { run: { displayName: run.name, summaryMetrics: summary } } }
  },

  DeleteRun: async (variables, call) => {
    const run = await mutableRun(call, variables.neededText("id"), "run.delete")
    await settle(call.engine.runs.delete(run.id))
    return { deleteRun: { clientMutationId: null, success: true } }
  },

  UpdateRunState: async (variables, call) => {
    const input = variables.input("input")
    const run = await mutableRun(call, input.neededText("id"), "run.update")
    const state = input.neededText("state")
    if (state !== "failed") throw new ClientFault(400, 'input.state: must be "failed"; a run cannot wait again')
    await settle(call.engine.runs.finish(run.id, { state }))
    return { updateRunState: { success: true } }
  }
}
