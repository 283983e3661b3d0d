/** Runs as callers see them, made from what the store keeps. */
import type { Run, RunListItem } from "./Run.ts"
import { hasEnded } from "./RunState.ts"
import type { RunDocuments, RunRow, StoredRun } from "./RunStore.ts"

/** From the start of the present stretch to its end, or to the last sign of life, without pauses. */
export const durationOf = (run: RunRow): number => {
  const end =
    run.pausedAt !== null && !hasEnded(run.state)
      ? run.pausedAt
      : (run.finishedAt ?? Math.max(run.aliveAt, run.startedAt))
  return Math.max(0, end - run.startedAt - run.pausedMs)
}

export const listItemOf = (run: StoredRun): RunListItem => ({
  id: run.id,
  project: run.project,
  entity: run.entity,
  projectSlug: run.projectSlug,
  slug: run.slug,
  name: run.name,
  state: run.state,
  tags: run.tags,
  group: run.group,
  jobType: run.jobType,
  user: run.user,
  host: run.host,
  createdAt: run.createdAt,
  updatedAt: run.updatedAt,
  heartbeatAt: run.heartbeatAt,
  finishedAt: run.finishedAt,
  durationMs: durationOf(run),
  deletedAt: run.deletedAt,
  rev: run.rev
})

export const runOf = (run: StoredRun, documents: RunDocuments): Run => ({
  ...listItemOf(run),
  notes: documents.notes,
  config: documents.config,
  configVersion: run.configVersion,
  summary: documents.summary,
  environment: documents.environment,
  exitCode: run.exitCode,
  stopRequested: run.stopRequested,
  segment: run.segment,
  parent: run.parent
})
