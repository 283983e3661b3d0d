/** The metadata schema. Adapters append the migrations of their own metric and log tables. */
import type { SqlMigration } from "./Migrator.ts"

export const metadataMigrations: ReadonlyArray<SqlMigration> = [
  {
    name: "0001_metadata",
    statements: ({ text, integer, float, bytes, keyedTable }) => [
      `create table project (
  id ${text} primary key, entity ${text} not null, slug ${text} not null, slug_key ${text} not null, name ${text} not null,
  description ${text} not null, visibility ${text} not null, tags ${text} not null, run_count ${integer} not null,
  next_ordinal ${integer} not null, change_sequence ${integer} not null, last_activity_at ${float} not null,
  created_at ${float} not null, updated_at ${float} not null, deleted_at ${float}
)`,
      "create unique index project_slug on project (entity, slug_key)",
      `create table project_redirect (
  entity ${text} not null, slug_key ${text} not null, project ${text} not null, primary key (entity, slug_key)
) ${keyedTable}`,
      `create table run (
  id ${text} primary key, project ${text} not null, slug ${text} not null, ordinal ${integer} not null,
  sequence ${integer} not null, rev ${integer} not null, name ${text} not null, state ${text} not null,
  tags ${text} not null, run_group ${text}, job_type ${text}, user_name ${text}, host ${text}, git_commit ${text},
  created_at ${float} not null, updated_at ${float} not null, heartbeat_at ${float}, finished_at ${float},
  deleted_at ${float}, started_at ${float} not null, paused_ms ${float} not null, paused_at ${float},
  alive_at ${float} not null, config_version ${integer} not null, exit_code ${integer},
  stop_requested ${integer} not null, segment ${integer} not null, parent_run ${text}, parent_segment ${integer},
  parent_step ${float}, idempotency_key ${text}, figures_sequence ${integer} not null
)`,
      "create unique index run_slug on run (project, slug)",
      "create unique index run_ordinal on run (project, ordinal)",
      "create unique index run_idempotency on run (project, idempotency_key)",
      "create index run_sequence on run (project, sequence)",
      "create index run_alive on run (state, alive_at)",
      "create index run_state on run (project, state)",
      "create index run_finished on run (project, finished_at)",
      `create table run_document (
  run ${text} not null, kind ${text} not null, body ${text} not null, primary key (run, kind)
)`,
      `create table run_config_version (
  run ${text} not null, version ${integer} not null, config ${text} not null, created_at ${float} not null,
  primary key (run, version)
)`,
      `create table run_departure (
  project ${text} not null, sequence ${integer} not null, ordinal ${integer} not null, run ${text} not null,
  primary key (project, sequence)
) ${keyedTable}`,
      `create table field_index (
  project ${text} primary key, rev ${integer} not null, sequence ${integer} not null
) ${keyedTable}`,
      `create table run_column (
  project ${text} not null, field ${text} not null, block ${integer} not null, rev ${integer} not null,
  body ${bytes} not null, primary key (project, field, block)
)`,
      "create index run_column_block on run_column (project, block)",
      `create table api_key (
  id ${text} primary key, hash ${text} not null, name ${text} not null, user_name ${text} not null, role ${text} not null,
  projects ${text}, impersonate ${integer} not null, created_at ${float} not null, expires_at ${float},
  last_used_at ${float}
)`,
      "create unique index api_key_hash on api_key (hash)",
      `create table secret (name ${text} primary key, value ${text} not null, expires_at ${float} not null)`,
      `create table lease (
  name ${text} primary key, holder ${text} not null, token ${integer} not null, expires_at ${float} not null
)`,
      `create table metric_definition (
  run ${text} not null, name ${text} not null, place ${integer} not null, body ${text} not null,
  primary key (run, name)
)`,
      `create table run_file (
  run ${text} not null, path ${text} not null, size_bytes ${float} not null, sha256 ${text} not null,
  content_type ${text} not null, updated_at ${float} not null, blob ${text} not null, rev ${integer} not null,
  primary key (run, path)
)`,
      "create index run_file_rev on run_file (run, rev)",
      `create table run_file_head (run ${text} primary key, rev ${integer} not null)`
    ]
  },
  {
    name: "0002_document",
    statements: ({ text, integer, float }) => [
      `create table document (
  collection ${text} not null, key ${text} not null, rev ${integer} not null, body ${text} not null,
  updated_at ${float} not null, primary key (collection, key)
)`
    ]
  }
]
