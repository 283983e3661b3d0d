/** The usual way to keep logs: a row a line, its fields as JSON, searched by SQL. */
import Database from "better-sqlite3"

export interface JsonLogRows {
  append(lines: ReadonlyArray<{ readonly text: string; readonly timeMs: number; readonly level: string | null }>): void
  /** Number of lines whose text holds `text`, without regard to case. */
  count(text: string): number
  close(): void
}

export const jsonLogRows = (file: string): JsonLogRows => {
  const db = new Database(file)
  db.pragma("journal_mode = wal")
  db.pragma("synchronous = full")
  db.exec("create table log (run text not null, line integer not null, body text not null, primary key (run, line))")
  const insert = db.prepare("insert into log (run, line, body) values ('r', ?, ?)")
  const search = db.prepare("select count(*) as n from log where run = 'r' and json_extract(body, '$.text') like ?")
  let next = 0
  return {
    append: db.transaction((lines) => {
      for (const line of lines) insert.run(next++, JSON.stringify(line))
    }),
    count: (text) => (search.get(`%${text}%`) as { readonly n: number }).n,
    close: () => db.close()
  }
}
