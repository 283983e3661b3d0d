/** Runs as callers see them, made from what the store keeps. */
import { passDocument } from "./json/laterDocument.ts"
import type { Run, RunListItem } from "./Run.ts"
import { hasEnded } from "./RunState.ts"
import { type RunDocuments, type RunRow, runDocumentKinds, type StoredRun } from "./RunStore.ts"

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

/** The documents with some of them replaced; none is looked at. */
export const documentsWith = (documents: RunDocuments, change: Partial<RunDocuments>): RunDocuments => {
  const after = { ...change }
  for (const kind of runDocumentKinds) if (change[kind] === undefined) passDocument(documents, kind, after)
  return after as RunDocuments
}

/** Config and summary are read when somebody looks at them first. */
export const runOf = (run: StoredRun, documents: RunDocuments): Run => {
  const shown: Omit<Run, "config" | "summary"> = {
    ...listItemOf(run),
    notes: documents.notes,
    configVersion: run.configVersion,
    environment: documents.environment,
    exitCode: run.exitCode,
    stopRequested: run.stopRequested,
    segment: run.segment,
    parent: run.parent
  }
  passDocument(documents, "config", shown)
  passDocument(documents, "summary", shown)
  return shown as Run
}
