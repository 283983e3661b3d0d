/** Finds the sweep that a call names, by name or by id, and asks for the right to it. */
import { type Action, isIdentifier, type Project } from "@wanllmdb/core"
import type { Call } from "../call/Call.ts"
import { checkProject, findProject } from "../call/place.ts"
import { settle, settleFound } from "../call/settle.ts"
import type { Variables } from "../graphql/Variables.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { fromGlobalId, globalId } from "../wire/globalId.ts"
import type { SweepState } from "./state/SweepState.ts"
import { readSweep, type SweepPlace } from "./state/sweepDocuments.ts"

export interface FoundSweep {
  readonly project: Project
  readonly place: SweepPlace
  readonly state: SweepState
}

export const sweepId = ({ name, project }: SweepPlace): string => globalId("Sweep", `${project}/${name}`)

export const agentGlobalId = (place: SweepPlace, agent: string): string =>
  globalId("Agent", `${place.project}/${place.name}/${agent}`)

/** Null where there is none, or where the caller may not know of it. */
export const findSweep = async (call: Call, project: Project | null, name: string): Promise<FoundSweep | null> => {
  if (project === null) return null
  const place = { project: project.id, name }
  const state = await settle(readSweep(call.engine, place))
  return state === null ? null : { project, place, state }
}

const bySlashes = (text: string | null): ReadonlyArray<string> => text?.split("/") ?? []

const projectById = async (call: Call, id: string, action: Action): Promise<Project | null> => {
  const project = isIdentifier(id) ? await settleFound(call.engine.projects.get(id)) : null
  if (project !== null) await checkProject(call, project, action)
  return project
}

/** The sweep of a global id; a fault when there is none. */
export const sweepById = async (call: Call, id: string, action: Action): Promise<FoundSweep> => {
  const [project = "", name = ""] = bySlashes(fromGlobalId("Sweep", id))
  const found = await findSweep(call, await projectById(call, project, action), name)
  if (found === null) throw new ClientFault(404, "variables.id: names no sweep")
  return found
}

/** Sweep and agent of a global id. The client takes 404 for a sweep that was deleted. */
export const agentById = async (
  call: Call,
  id: string,
  action: Action
): Promise<FoundSweep & { readonly agent: string }> => {
  const [project = "", name = "", agent = ""] = bySlashes(fromGlobalId("Agent", id))
  const found = await findSweep(call, await projectById(call, project, action), name)
  if (found === null || agent === "") throw new ClientFault(404, "variables.id: names no agent of a sweep")
  return { ...found, agent }
}

/** Of those who may make runs here and of readers: an agent needs the sweep's command, whoever may not read its runs. */
export const visibleSweep = async (variables: Variables, call: Call, name = "sweep") => {
  const [entity, project, sweep] = [variables.text("entity"), variables.text("project"), variables.neededText(name)]
  for (const action of ["run.read", "run.create"] as const) {
    try {
      const found = await findSweep(call, await findProject(call, entity, project, action), sweep)
      return found === null ? null : { ...found, mayRead: action === "run.read" }
    } catch (error) {
      if (!(error instanceof ClientFault) || (error.status !== 404 && error.status !== 403)) throw error
    }
  }
  return null
}
