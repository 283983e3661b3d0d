/** Projects for the public API. */
import type { Project } from "@wanllmdb/core"
import { userOf } from "../account/accountOperations.ts"
import type { Call } from "../call/Call.ts"
import { checkProject, ensureProject, entityOf } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import type { Variables } from "../graphql/Variables.ts"
import { globalId } from "../wire/globalId.ts"
import { connectionOf } from "./connection.ts"
import { internalId } from "./internalId.ts"
import { readProject } from "./readPlace.ts"

const mostAtOnce = 1_000

const projectNode = (project: Project, call: Call) => ({
  __typename: "Project",
  id: globalId("Project", project.id),
  internalId: internalId(project.id),
  name: project.slug,
  entityName: project.entity,
  entity: { __typename: "Entity", id: globalId("Entity", project.entity), name: project.entity },
  description: project.description,
  createdAt: new Date(project.createdAt).toISOString(),
  isBenchmark: false,
  readOnly: false,
  access: project.visibility === "public" ? "USER_READ" : "PRIVATE",
  views: null,
  runCount: project.runCount,
  user: userOf(call)
})

const listProjects = async (variables: Variables, call: Call) => {
  const page = await settle(
    call.engine.projects.list({
      scope: "all",
      entity: entityOf(variables.text("entity")),
      after: variables.text("cursor") ?? undefined,
      limit: Math.max(1, variables.count("perPage", 50, mostAtOnce))
    })
  )
  const shown = await Promise.all(
    page.items.map(async (project) => {
      const { entity, id, visibility } = project
      return (await call.can("project.read", { kind: "project", entity, project: id, visibility })) ? [project] : []
    })
  )
  return connectionOf({ items: shown.flat().map((project) => projectNode(project, call)), next: page.next })
}

/** Makes the project, or changes what is said of the one that exists. */
const upsertProject = async (variables: Variables, call: Call) => {
  const input = variables.input("input")
  const [entity, name] = [input.text("entityName"), input.neededText("name")]
  const project = await ensureProject(call, entity, name)
  await checkProject(call, project, "project.read")
  const description = input.text("description")
  if (description === null || description === project.description) return projectNode(project, call)
  await checkProject(call, project, "project.update")
  return projectNode(await settle(call.engine.projects.update(project.id, { description })), call)
}

export const projectOperations: Operations = {
  GetProject: async (variables, call) => {
    const project = await readProject(variables, call, "name")
    return { project: project === null ? null : projectNode(project, call) }
  },

  GetProjects: async (variables, call) => ({ models: await listProjects(variables, call) }),

  IsProjectReadOnly: async (variables, call) => {
    const project = await readProject(variables, call)
    if (project === null) return { project: null }
    const { entity, id, visibility } = project
    const mayWrite = await call.can("run.create", { kind: "project", entity, project: id, visibility })
    return { project: { readOnly: !mayWrite } }
  },

  CreateProject: async (variables, call) => {
    const project = await upsertProject(variables, call)
    const answer = { project, model: project, inserted: true }
    return { result: answer, upsertModel: answer }
  },

  // Part of the client's self-check: whether a large call comes through.
  Project: async (variables, call) => {
    const project = await readProject(variables, call, "name")
    return { project: project === null ? null : { ...projectNode(project, call), run: null } }
  }
}
