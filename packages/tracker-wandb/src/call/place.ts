/** Finds what a client names by entity, project and run, and asks for the right to it. What may not be known does not exist. */
import { createHash } from "node:crypto"
import { type Action, defaultEntity, defaultProject, type Project, type Run, slugify } from "@wanllmdb/core"
import { ClientFault } from "../wire/ClientFault.ts"
import type { Call } from "./Call.ts"
import { settle, settleFound } from "./settle.ts"

const slugForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** W&B's names may hold what a slug may not, blanks above all. */
export const slugOf = (name: string): string => (slugForm.test(name) ? name : slugify(name, "unnamed"))

/**
 * The slug of a run. Ids that are no slugs get a digest of themselves, so that two ids never name one run.
 */
export const runSlugOf = (id: string): string => {
  if (slugForm.test(id)) return id
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 8)
  return `${slugify(id, "run").slice(0, 100)}-${digest}`
}

export const entityOf = (entity: string | null): string =>
  entity === null || entity === "" ? defaultEntity : slugOf(entity)

export const projectSlugOf = (project: string | null): string =>
  project === null || project === "" ? defaultProject : slugOf(project)

/** A caller who may read it is told what is not allowed; to anyone else it does not exist. */
const denied = (call: Call, action: Action, mayRead: boolean): ClientFault =>
  mayRead
    ? new ClientFault(403, `${call.principal.name} (${call.principal.role}) may not do ${action} here`)
    : new ClientFault(404, "What the call names does not exist")

export const checkProject = async (call: Call, project: Project, action: Action): Promise<void> => {
  const { entity, id, visibility } = project
  const resource = { kind: "project", entity, project: id, visibility } as const
  if (await call.can(action, resource)) return
  throw denied(call, action, await call.can("project.read", resource))
}

/** Null where there is no such project or the caller may not read it. */
export const findProject = async (
  call: Call,
  entity: string | null,
  name: string | null,
  action: Action = "project.read"
): Promise<Project | null> => {
  const project = await settleFound(call.engine.projects.get(`${entityOf(entity)}:${projectSlugOf(name)}`))
  if (project === null) return null
  await checkProject(call, project, action)
  return project
}

/** The project, made where it does not exist yet and the caller may make it. */
export const ensureProject = async (call: Call, entity: string | null, name: string | null): Promise<Project> => {
  const slug = entityOf(entity)
  const found = await settleFound(call.engine.projects.get(`${slug}:${projectSlugOf(name)}`))
  if (found !== null) return found
  if (!(await call.can("project.create", { kind: "entity", entity: slug }))) throw denied(call, "project.create", true)
  return settle(call.engine.projects.ensure(slug, projectSlugOf(name)))
}

export const checkRun = async (
  call: Call,
  run: Pick<Run, "id" | "project" | "entity">,
  action: Action
): Promise<void> => {
  const { entity, id, project } = run
  const resource = { kind: "run", entity, project, run: id } as const
  if (await call.can(action, resource)) return
  throw denied(call, action, await call.can("run.read", resource))
}

/** The run a client means, after the right was asked for; null where there is none. */
export const findRun = async (call: Call, place: RunPlace, action: Action): Promise<Run | null> => {
  const run = await settleFound(call.engine.runs.get(refOf(place)))
  if (run === null) return null
  await checkRun(call, run, action)
  return run
}

/** As `findRun`, with the 404 of a run that is not there. */
export const neededRun = async (call: Call, place: RunPlace, action: Action): Promise<Run> => {
  const run = await findRun(call, place, action)
  if (run === null) throw new ClientFault(404, `Run "${place.run}" does not exist`)
  return run
}

export interface RunPlace {
  readonly entity: string | null
  readonly project: string | null
  readonly run: string
}

export const refOf = ({ entity, project, run }: RunPlace): string =>
  `${entityOf(entity)}:${projectSlugOf(project)}:${runSlugOf(run)}`
