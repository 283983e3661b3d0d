/**
 * Tables of the metric engine. Frames are what clients sent, as received; compaction turns them into chunks of up to 65,536
 * points of one key, with cell statistics (`mip`), coarse cells (`metric_tile`) and one axis for all keys logged together.
 */
import type { SqlMigration } from "@wanllmdb/storage-sql"

export const metricMigrations: ReadonlyArray<SqlMigration> = [
  {
    name: "0101_metrics",
    statements: () => [
      // `run` is null once the run is deleted: its rows are then out of reach, and removed bit by bit.
      `create table metric_run (
  id integer primary key autoincrement, run text unique, head_seq integer not null, compacted_seq integer not null,
  head_bytes integer not null, rewinds text not null, parent text, version integer not null,
  lease_owner text, lease_until real not null
)`,
      // Points of a key up to `forgotten_seq` were deleted.
      `create table metric_key (
  id integer primary key, run integer not null, name text not null, kinds integer not null, forgotten_seq integer not null
)`,
      "create unique index metric_key_name on metric_key (run, name)",
      `create table metric_writer (
  run integer not null, writer text not null, writer_seq integer not null, seq integer not null,
  accepted integer not null, rejected integer not null, primary key (run, writer)
) without rowid`,
      `create table metric_frame (
  id integer primary key, run integer not null, seq integer not null, segment integer not null, received_ms real not null,
  rows integer not null, points integer not null, body blob not null
)`,
      "create unique index metric_frame_seq on metric_frame (run, seq)",
      `create table metric_axis (
  id integer primary key autoincrement, run integer not null, segment integer not null, seq_hi integer not null, s1 real not null,
  t0 real not null, crc integer not null, mip blob not null, body blob not null
)`,
      "create index metric_axis_run on metric_axis (run, segment, seq_hi, t0, s1)",
      // Small columns first: SQLite follows a row's overflow pages only as far as it must.
      `create table metric_chunk (
  id integer primary key autoincrement, run integer not null, key integer not null, kind integer not null, segment integer not null,
  seq_lo integer not null, seq_hi integer not null, s0 real not null, s1 real not null, t1 real not null,
  n integer not null, level integer not null, flags integer not null, axis integer not null, crc integer not null,
  stat blob not null, mip blob, body blob
)`,
      // Holds all that planning a query needs, in order of arrival.
      `create index metric_chunk_series on metric_chunk
  (run, key, kind, segment, seq_hi, seq_lo, s0, s1, n, level, flags, axis)`,
      "create index metric_chunk_axis on metric_chunk (axis)",
      "create table metric_tile (chunk integer primary key, crc integer not null, body blob not null)",
      // Tiles of many neighbouring chunks added up: from the chunk `first` of the series on, `chunks` of them up to `last`. It holds
      // while these are still neighbours, and since numbers of chunks are never used again nothing else can take their place.
      `create table metric_tile_page (
  first integer primary key, last integer not null, chunks integer not null, level integer not null, s0 real not null, s1 real not null,
  crc integer not null, body blob not null
)`,
      `create trigger metric_tile_page_end after delete on metric_chunk begin
  delete from metric_tile_page where first = old.id;
end`
    ]
  },
  {
    name: "0102_metric_rows",
    statements: () => [
      // Rows that clients number themselves, as ranges that neither touch nor overlap.
      `create table metric_rows (
  run integer not null, segment integer not null, stream text not null, client text not null, row_from integer not null,
  row_to integer not null, primary key (run, segment, stream, client, row_from)
) without rowid`
    ]
  }
]
