/**
 * What most trackers do, done well: points as JSON rows over node:http, each a row of an indexed SQL table, one prepared insert
 * a point in one transaction a request, durable before the answer. No framework, no validation.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import Database from "better-sqlite3"

interface Body {
  readonly rows: ReadonlyArray<{
    readonly step: number
    readonly timeMs: number
    readonly values: Readonly<Record<string, number>>
  }>
}

export const startJsonRowServer = (folder: string): Promise<number> => {
  const db = new Database(join(folder, "rows.db"))
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  db.exec(
    "CREATE TABLE point (run TEXT NOT NULL, key TEXT NOT NULL, step REAL NOT NULL, time REAL NOT NULL, value REAL);" +
      "CREATE INDEX point_i ON point (run, key, step)"
  )
  const insert = db.prepare("INSERT INTO point VALUES (?, ?, ?, ?, ?)")
  const insertAll = db.transaction((run: string, { rows }: Body) => {
    for (const { step, timeMs, values } of rows) {
      for (const key of Object.keys(values)) insert.run(run, key, step, timeMs, values[key])
    }
  })
  const server = createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const body: Body = JSON.parse(Buffer.concat(parts).toString())
      insertAll("run", body)
      response.writeHead(200, { "content-type": "application/json", "content-length": "2" }).end("{}")
    })
  })
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)))
}
