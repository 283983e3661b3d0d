/** Makes a sweep, changes its config, or sets its phase. A config that could not run is refused with everything that is wrong. */
import { DocumentChanged, type Project } from "@wanllmdb/core"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { checkProject, ensureProject, slugOf } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Variables } from "../graphql/Variables.ts"
import { badField, ClientFault } from "../wire/ClientFault.ts"
import { problemText } from "./config/Problems.ts"
import { acceptedConfig, readSweepConfig, type SweepConfig } from "./config/SweepConfig.ts"
import { type FoundSweep, sweepById } from "./findSweep.ts"
import { randomName } from "./randomName.ts"
import { newSweep, SweepPhase, type SweepState } from "./state/SweepState.ts"
import { changeSweep, insertSweep } from "./state/sweepDocuments.ts"
import { noteSweepRun } from "./sweepRuns.ts"

export interface UpsertedSweep extends FoundSweep {
  readonly warnings: ReadonlyArray<string>
}

const longest = 65_536
const clip = (text: string | null): string | null => text?.toWellFormed().slice(0, longest) ?? null

const checkedConfig = (text: string): { readonly config: SweepConfig; readonly warnings: ReadonlyArray<string> } => {
  const { config, problems } = readSweepConfig(text)
  if (config !== null) return { config, warnings: problems.warnings.map(problemText) }
  throw new ClientFault(
    400,
    `The sweep's config is refused. ${problems.errors.slice(0, 50).map(problemText).join(" | ")}`
  )
}

const phaseOf = (text: string | null): SweepPhase | null => {
  if (text === null) return null
  const phase = text.toUpperCase()
  const found = SweepPhase.literals.find((one) => one === (phase === "CANCELLED" ? "CANCELED" : phase))
  if (found === undefined) throw badField("variables.state", "RUNNING, PAUSED, FINISHED or CANCELED", text)
  return found
}

/** Names of runs that the sweep is to begin with: the client writes them as a filter of nothing but names. */
const priorRuns = (variables: Variables): ReadonlyArray<string> => {
  const filter = variables.jsonFields("priorRunsFilters")
  const parts: ReadonlyArray<unknown> = Array.isArray(filter?.$or) ? filter.$or : []
  return parts.flatMap((part) =>
    typeof part === "object" && part !== null && "name" in part && typeof part.name === "string" ? [part.name] : []
  )
}

const mostPrior = 1_000

/** Those of the runs that there are. */
const findRuns = Effect.fnUntraced(function* (
  engine: Call["engine"],
  { entity, slug }: Project,
  names: ReadonlyArray<string>
) {
  const found = yield* Effect.forEach(names.slice(0, mostPrior), (name) =>
    Effect.result(engine.runs.get(`${entity}:${slug}:${slugOf(name)}`))
  )
  return found.flatMap((run) => (run._tag === "Success" && run.success.deletedAt === null ? [run.success] : []))
})

const createSweep = async (variables: Variables, call: Call): Promise<UpsertedSweep> => {
  const text = variables.neededText("config")
  const { config, warnings } = checkedConfig(text)
  const project = await ensureProject(call, variables.text("entityName"), variables.text("projectName"))
  await checkProject(call, project, "run.create")
  if (priorRuns(variables).length > 0) await checkProject(call, project, "run.read")
  const { engine, principal } = call
  const make = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const name = randomName()
    const prior = yield* findRuns(engine, project, priorRuns(variables))
    const covered = prior.flatMap(({ config: own }) => config.space.cellOf(own) ?? [])
    const state: SweepState = {
      ...newSweep({
        skip: config.method === "grid" ? [...new Set(covered)] : [],
        name,
        config: text,
        displayName: clip(variables.text("displayName")),
        description: clip(variables.text("description") ?? config.description),
        seed: config.seed ?? name,
        user: principal.name,
        createdAt: now
      }),
      phase: phaseOf(variables.text("state")) ?? "RUNNING"
    }
    const place = { project: project.id, name }
    yield* insertSweep(engine, place, state)
    for (const run of prior) yield* noteSweepRun(engine, run, name)
    return { project, place, state, warnings }
  })
  // A name that is taken: eight characters are many, so the next one is free.
  return settle(Effect.retry(make, { times: 3, while: (error) => error instanceof DocumentChanged }))
}

const changed = (state: SweepState, now: number, variables: Variables): SweepState => {
  const text = variables.text("config")
  const phase = phaseOf(variables.text("state"))
  const config = text === null ? null : checkedConfig(text).config
  if (config !== null && state.next > 0) {
    const before = acceptedConfig(state.config)
    const isSame = before.method === config.method && sameCells(before, config)
    if (!isSame && (before.method === "grid" || config.method === "grid")) {
      throw new ClientFault(400, "parameters: a grid that has begun keeps its cells; make a new sweep for others")
    }
  }
  // Raising the cap of a sweep that came to its end lets it go on.
  const revived = config !== null && state.exhausted ? { phase: "RUNNING" as const, exhausted: false } : {}
  return {
    ...state,
    ...revived,
    ...(text !== null && { config: text }),
    ...(phase !== null && { phase, exhausted: false }),
    displayName: clip(variables.text("displayName")) ?? state.displayName,
    description: clip(variables.text("description")) ?? state.description,
    updatedAt: now
  }
}

const sameCells = (a: SweepConfig, b: SweepConfig): boolean =>
  a.space.cells === b.space.cells &&
  a.space.cell(0) === b.space.cell(0) &&
  a.space.cell(a.space.cells - 1) === b.space.cell(b.space.cells - 1)

const asFault = (error: unknown): ClientFault => {
  if (error instanceof ClientFault) return error
  throw error
}

/** A sweep that is over stays over; stopping one twice is harmless. */
const changeSweepOf = async (id: string, variables: Variables, call: Call): Promise<UpsertedSweep> => {
  const found = await sweepById(call, id, "run.update")
  const text = variables.text("config")
  const warnings = text === null ? [] : checkedConfig(text).warnings
  const state = await settle(
    changeSweep(call.engine, found.place, (before) =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const after = yield* Effect.try({ try: () => changed(before, now, variables), catch: asFault })
        return [after, after] as const
      })
    )
  )
  if (state === null) throw new ClientFault(404, "variables.id: names no sweep")
  return { ...found, state, warnings }
}

export const upsertSweep = (variables: Variables, call: Call): Promise<UpsertedSweep> => {
  const id = variables.text("id")
  return id === null || id === "" ? createSweep(variables, call) : changeSweepOf(id, variables, call)
}
