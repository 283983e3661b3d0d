/** Runs as rows of their table. */
import { ProjectId, type RunChange, RunId, type RunRow, RunState, type StoredRun } from "@wanllmdb/core"
import { Schema } from "effect"
import type { Selectable, Updateable } from "kysely"
import type { RunTable } from "../Tables.ts"

const isState = Schema.is(RunState)

export type JoinedRow = Selectable<RunTable> & {
  readonly entity: string
  readonly project_slug: string
  readonly project_deleted_at: number | null
}

const nullableNumber = (value: number | null): number | null => (value === null ? null : Number(value))

export const storedOf = (row: JoinedRow): StoredRun => ({
  id: RunId.make(row.id),
  project: ProjectId.make(row.project),
  slug: row.slug,
  name: row.name,
  state: isState(row.state) ? row.state : "pending",
  tags: JSON.parse(row.tags),
  group: row.run_group,
  jobType: row.job_type,
  user: row.user_name,
  host: row.host,
  gitCommit: row.git_commit,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  heartbeatAt: row.heartbeat_at,
  finishedAt: row.finished_at,
  deletedAt: row.deleted_at,
  startedAt: row.started_at,
  pausedMs: row.paused_ms,
  pausedAt: row.paused_at,
  aliveAt: row.alive_at,
  configVersion: Number(row.config_version),
  exitCode: nullableNumber(row.exit_code),
  stopRequested: Number(row.stop_requested) === 1,
  segment: Number(row.segment),
  parent:
    row.parent_run === null
      ? null
      : { run: RunId.make(row.parent_run), segment: Number(row.parent_segment), step: row.parent_step ?? 0 },
  idempotencyKey: row.idempotency_key,
  figuresSequence: Number(row.figures_sequence),
  rev: Number(row.rev),
  entity: row.entity,
  projectSlug: row.project_slug,
  projectDeleted: row.project_deleted_at !== null,
  ordinal: Number(row.ordinal),
  sequence: Number(row.sequence)
})

type Values = { -readonly [K in keyof Updateable<RunTable>]?: Updateable<RunTable>[K] }

/** The columns that a change sets. */
export const changedColumns = (change: RunChange): Values => {
  const values: Values = {}
  if (change.name !== undefined) values.name = change.name
  if (change.state !== undefined) values.state = change.state
  if (change.tags !== undefined) values.tags = JSON.stringify(change.tags)
  if (change.group !== undefined) values.run_group = change.group
  if (change.jobType !== undefined) values.job_type = change.jobType
  if (change.user !== undefined) values.user_name = change.user
  if (change.host !== undefined) values.host = change.host
  if (change.gitCommit !== undefined) values.git_commit = change.gitCommit
  if (change.updatedAt !== undefined) values.updated_at = change.updatedAt
  if (change.heartbeatAt !== undefined) values.heartbeat_at = change.heartbeatAt
  if (change.finishedAt !== undefined) values.finished_at = change.finishedAt
  if (change.deletedAt !== undefined) values.deleted_at = change.deletedAt
  if (change.startedAt !== undefined) values.started_at = change.startedAt
  if (change.pausedMs !== undefined) values.paused_ms = change.pausedMs
  if (change.pausedAt !== undefined) values.paused_at = change.pausedAt
  if (change.aliveAt !== undefined) values.alive_at = change.aliveAt
  if (change.configVersion !== undefined) values.config_version = change.configVersion
  if (change.exitCode !== undefined) values.exit_code = change.exitCode
  if (change.stopRequested !== undefined) values.stop_requested = change.stopRequested ? 1 : 0
  if (change.segment !== undefined) values.segment = change.segment
  if (change.figuresSequence !== undefined) values.figures_sequence = change.figuresSequence
  if (change.parent !== undefined) {
    values.parent_run = change.parent?.run ?? null
    values.parent_segment = change.parent?.segment ?? null
    values.parent_step = change.parent?.step ?? null
  }
  return values
}

export const insertedRow = (run: RunRow, ordinal: number, sequence: number) => ({
  id: run.id,
  project: run.project,
  slug: run.slug,
  ordinal,
  sequence,
  rev: run.rev,
  name: run.name,
  state: run.state,
  tags: JSON.stringify(run.tags),
  run_group: run.group,
  job_type: run.jobType,
  user_name: run.user,
  host: run.host,
  git_commit: run.gitCommit,
  created_at: run.createdAt,
  updated_at: run.updatedAt,
  heartbeat_at: run.heartbeatAt,
  finished_at: run.finishedAt,
  deleted_at: run.deletedAt,
  started_at: run.startedAt,
  paused_ms: run.pausedMs,
  paused_at: run.pausedAt,
  alive_at: run.aliveAt,
  config_version: run.configVersion,
  exit_code: run.exitCode,
  stop_requested: run.stopRequested ? 1 : 0,
  segment: run.segment,
  parent_run: run.parent?.run ?? null,
  parent_segment: run.parent?.segment ?? null,
  parent_step: run.parent?.step ?? null,
  idempotency_key: run.idempotencyKey,
  figures_sequence: run.figuresSequence
})
