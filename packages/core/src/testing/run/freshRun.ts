/** Runs for contract cases. */
import { Effect } from "effect"
import type { Project } from "../../project/Project.ts"
import { RunId } from "../../run/Run.ts"
import { type RunDocuments, type RunRow, RunStore } from "../../run/RunStore.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import { startTime } from "../project/freshProject.ts"

export const emptyDocuments: RunDocuments = {
  notes: "",
  config: {},
  userSummary: {},
  summary: {},
  figures: {},
  environment: null
}

export const newRunRow = Effect.fnUntraced(function* (project: Project, over: Partial<RunRow> = {}) {
  const id = RunId.make(yield* newIdentifier)
  const row: RunRow = {
    id,
    project: project.id,
    slug: `r-${id}`,
    name: "run",
    state: "running",
    tags: [],
    group: null,
    jobType: null,
    user: null,
    host: null,
    gitCommit: null,
    createdAt: startTime,
    updatedAt: startTime,
    heartbeatAt: null,
    finishedAt: null,
    deletedAt: null,
    startedAt: startTime,
    pausedMs: 0,
    pausedAt: null,
    aliveAt: startTime,
    configVersion: 1,
    exitCode: null,
    stopRequested: false,
    segment: 0,
    parent: null,
    idempotencyKey: null,
    figuresSequence: 0,
    rev: 1,
    ...over
  }
  return row
})

/** Inserted already. */
export const freshRun = Effect.fnUntraced(function* (
  project: Project,
  over: Partial<RunRow> = {},
  documents: Partial<RunDocuments> = {}
) {
  const row = yield* newRunRow(project, over)
  return yield* (yield* RunStore).insert(row, { ...emptyDocuments, ...documents })
})
