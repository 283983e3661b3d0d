/** The records behind a memory client, found by id or by path as the server finds them. */
import type { ProjectJson, RunListItemJson } from "@wanllmdb/core/client"
import type { FixtureProject, Fixtures } from "./Fixtures.ts"
import { type MemoryRun, memoryId, newMemoryRun } from "./MemoryRun.ts"

/** Looks like the errors of the HTTP client: a message and the server's problem document. */
export class MemoryProblem extends Error {
  readonly problem: { readonly type: string; readonly title: string; readonly status: number; readonly detail: string }
  constructor(status: number, title: string, detail: string) {
    super(detail)
    this.problem = { type: "about:blank", title, status, detail }
  }
}

export class MemoryData {
  readonly projects: Array<ProjectJson> = []
  readonly runs: Array<MemoryRun> = []

  constructor(fixtures: Fixtures) {
    for (const project of fixtures.projects ?? []) this.addProject(project)
  }

  addProject(fixture: FixtureProject): ProjectJson {
    const { runs, ...fields } = fixture
    const now = new Date().toISOString()
    const project: ProjectJson = {
      id: memoryId(),
      entity: "local",
      name: fields.slug,
      description: "",
      visibility: "private",
      tags: [],
      runCount: 0,
      lastActivityAt: now,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
      ...fields
    }
    this.projects.push(project)
    for (const run of runs ?? []) this.runs.push(newMemoryRun(project, run))
    return project
  }

  project(name: string): ProjectJson {
    const found = this.projects.find(({ id, entity, slug }) => id === name || `${entity}:${slug}` === name)
    if (found === undefined) throw new MemoryProblem(404, "Not found", `Project "${name}" does not exist`)
    return { ...found, runCount: this.runsOf(found.id).filter(({ run }) => run.deletedAt === null).length }
  }

  runsOf(project: string): ReadonlyArray<MemoryRun> {
    return this.runs.filter(({ run }) => run.project === project)
  }

  run(name: string): MemoryRun {
    const found = this.runs.find(({ run }) => runNames(run).includes(name))
    if (found === undefined) throw new MemoryProblem(404, "Not found", `Run "${name}" does not exist`)
    return found
  }
}

export const runNames = (run: RunListItemJson): ReadonlyArray<string> => [
  run.id,
  `${run.entity}:${run.projectSlug}:${run.slug}`
]

export const projectNames = (run: RunListItemJson): ReadonlyArray<string> => [
  run.project,
  `${run.entity}:${run.projectSlug}`
]

export const listItem = ({ run }: MemoryRun): RunListItemJson => {
  const { id, project, entity, projectSlug, slug, name, state, tags, group, jobType, user, host } = run
  const { createdAt, updatedAt, heartbeatAt, finishedAt, durationMs, deletedAt, rev } = run
  const own = { id, project, entity, projectSlug, slug, name, state, tags, group, jobType, user, host }
  return { ...own, createdAt, updatedAt, heartbeatAt, finishedAt, durationMs, deletedAt, rev }
}
