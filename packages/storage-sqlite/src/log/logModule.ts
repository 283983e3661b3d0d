/** The logs as a module of the writer. */
import type { LogAppend } from "@wanllmdb/core"
import type { WriterModule } from "../writer/WriterModule.ts"
import { type LogAnswer, LogWriter } from "./LogWriter.ts"
import { logTables } from "./logTables.ts"

export const logModule: WriterModule<LogAppend, LogAnswer> = {
  name: "logs",
  migrations: [logTables],
  open: (context) => new LogWriter(context)
}
