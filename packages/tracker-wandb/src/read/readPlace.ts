/** What a reader names by entity, project and run. Null for what does not exist and for what the caller may not know of, alike. */
import type { Project, Run } from "@wanllmdb/core"
import type { Call } from "../call/Call.ts"
import { findProject, findRun } from "../call/place.ts"
import { nullIfMissing } from "../call/settle.ts"
import type { Variables } from "../graphql/Variables.ts"

const entityIn = (variables: Variables): string | null => variables.text("entity") ?? variables.text("entityName")

/** `name` is the variable that names the project; documents differ in it. */
export const readProject = (
  variables: Variables,
  call: Call,
  name = "project",
  action: "project.read" | "run.read" = "project.read"
): Promise<Project | null> => nullIfMissing(findProject(call, entityIn(variables), variables.text(name), action))

/** `name` is the variable that names the run. A deleted run can be restored, but not be read. */
export const readRun = async (
  variables: Variables,
  call: Call,
  name: string,
  action: "run.read" | "file.read" = "run.read"
): Promise<Run | null> => {
  const place = { entity: entityIn(variables), project: variables.text("project"), run: variables.neededText(name) }
  const run = await nullIfMissing(findRun(call, place, action))
  return run === null || run.deletedAt !== null ? null : run
}
