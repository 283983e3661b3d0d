/** A project of its own for a contract case, so that cases share a store in any order. */
import { Effect } from "effect"
import { type Project, ProjectId } from "../../project/Project.ts"
import { ProjectStore } from "../../project/ProjectStore.ts"
import { newIdentifier } from "../../store/Identifier.ts"

export const startTime = 1_790_000_000_000

export const newProject = Effect.fnUntraced(function* (over: Partial<Project> = {}) {
  const id = ProjectId.make(yield* newIdentifier)
  const project: Project = {
    id,
    entity: "local",
    slug: `p-${id}`,
    name: `Project ${id}`,
    description: "",
    visibility: "private",
    tags: [],
    runCount: 0,
    lastActivityAt: startTime,
    createdAt: startTime,
    updatedAt: startTime,
    deletedAt: null,
    ...over
  }
  return project
})

/** Inserted already. */
export const freshProject = Effect.fnUntraced(function* (over: Partial<Project> = {}) {
  const project = yield* newProject(over)
  yield* (yield* ProjectStore).insert(project)
  return project
})
