/**
 * Tables of the logs. Lines arrive in the head, a row an append; the writer folds the head into chunks of about a thousand
 * lines, deflated. What decides whether a chunk can match a search stands beside it, so most chunks are never inflated.
 */
import type { SqlMigration } from "@wanllmdb/storage-sql"

export const logTables: SqlMigration = {
  name: "0100_logs",
  statements: () => [
    // `lines` and `revision` are the run's own counters; `batches` numbers its appends.
    `create table log_run (
      id integer primary key,
      run text not null unique,
      lines integer not null,
      revision integer not null,
      batches integer not null
    ) strict`,
    `create table log_stream (
      log integer not null,
      id integer not null,
      process text not null,
      name text not null,
      next_line integer not null,
      primary key (log, id)
    ) strict, without rowid`,
    `create table log_writer (
      log integer not null,
      writer text not null,
      sequence integer not null,
      batch integer not null,
      accepted integer not null,
      primary key (log, writer)
    ) strict, without rowid`,
    `create table log_head (id integer primary key, log integer not null, body blob not null) strict`,
    `create index log_head_log on log_head (log, id)`,
    // `levels` and `streams` are bit sets of what the chunk holds, `trigrams` a summary of its text.
    `create table log_chunk (
      id integer primary key,
      log integer not null,
      first_line integer not null,
      lines integer not null,
      revision_min integer not null,
      revision_max integer not null,
      time_min real not null,
      time_max real not null,
      levels integer not null,
      streams integer not null,
      ascii integer not null,
      trigrams blob not null,
      columns blob not null,
      text blob not null
    ) strict`,
    `create unique index log_chunk_place on log_chunk (log, first_line)`,
    `create index log_chunk_revision on log_chunk (log, revision_max)`,
    // Which line numbers of a stream a chunk holds, to find the line that a later record replaces.
    `create table log_span (
      log integer not null,
      stream integer not null,
      line_min integer not null,
      line_max integer not null,
      chunk integer not null,
      primary key (log, stream, line_min, chunk)
    ) strict, without rowid`
  ]
}
