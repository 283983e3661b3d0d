/** How trackers keep points in SQL: a row each, by a prepared insert in one transaction a batch, which is the fastest of the row methods. */
import Database from "better-sqlite3"

export interface PointBatch {
  readonly keys: ReadonlyArray<string>
  readonly steps: Float64Array
  readonly times: Float64Array
  /** One column a key. */
  readonly columns: ReadonlyArray<Float64Array>
}

export interface RowStore {
  append(batch: PointBatch): void
  close(): void
}

const open = (file: string): Database.Database => {
  const db = new Database(file)
  db.pragma("journal_mode = wal")
  db.pragma("synchronous = full")
  return db
}

/** The leanest table: numbers for run and key, clustered by (run, key, step). */
export const preparedRows = (file: string): RowStore => {
  const db = open(file)
  db.exec(
    `create table point (run integer not null, key integer not null, step integer not null, time real not null, value real,
     primary key (run, key, step)) without rowid`
  )
  const insert = db.prepare("insert into point (run, key, step, time, value) values (1, ?, ?, ?, ?)")
  return {
    append: db.transaction((batch: PointBatch) => {
      const { columns, steps, times } = batch
      for (let row = 0; row < steps.length; row++) {
        for (let key = 0; key < columns.length; key++) insert.run(key, steps[row], times[row], columns[key]![row])
      }
    }),
    close: () => db.close()
  }
}

/** MLflow's tables (mlflow/store/tracking/dbmodels/models.py): its primary key, its index and its table of latest values. */
export const mlflowRows = (file: string): RowStore => {
  const db = open(file)
  db.exec(
    `create table metrics (key varchar(250) not null, value double not null, timestamp bigint not null,
       run_uuid varchar(32) not null, step bigint not null default 0, is_nan boolean not null default 0,
       primary key (key, timestamp, step, run_uuid, value, is_nan));
     create index index_metrics_run_uuid on metrics (run_uuid);
     create table latest_metrics (key varchar(250) not null, value double not null, timestamp bigint, step bigint not null,
       is_nan boolean not null, run_uuid varchar(32) not null, primary key (key, run_uuid))`
  )
  const run = "0123456789abcdef0123456789abcdef"
  const insert = db.prepare(
    "insert into metrics (key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, ?) on conflict do nothing"
  )
  const latest = db.prepare(
    `insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid) values (?, ?, ?, ?, ?, ?)
     on conflict (key, run_uuid) do update set value = excluded.value, timestamp = excluded.timestamp, step = excluded.step`
  )
  return {
    append: db.transaction((batch: PointBatch) => {
      const { columns, keys, steps, times } = batch
      for (let row = 0; row < steps.length; row++) {
        for (let key = 0; key < columns.length; key++) {
          const value = columns[key]![row]!
          const nan = Number.isNaN(value) ? 1 : 0
          insert.run(keys[key], nan === 1 ? 0 : value, times[row], run, steps[row], nan)
        }
      }
      const last = steps.length - 1
      for (let key = 0; key < columns.length; key++) {
        latest.run(keys[key], columns[key]![last], times[last], steps[last], 0, run)
      }
    }),
    close: () => db.close()
  }
}
