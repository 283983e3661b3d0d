/** Opens a connection with the settings that durability and speed rest on; each one is measured in the metrics study. */
import type { SqliteDatabase, SqliteDriver } from "./SqliteDriver.ts"

/** `power`: an answer survives a power cut. `process`: it survives the end of the process, and a power cut may take the last ones. */
export type Durability = "power" | "process"

export const openWriter = (driver: SqliteDriver, file: string, durability: Durability): SqliteDatabase => {
  const db = driver.open(file, { readOnly: false })
  try {
    // Of a new file only. Frames are long blobs, and each of their pages is written, read and written again on its own.
    db.exec("pragma page_size = 8192")
    db.exec("pragma journal_mode = wal")
    db.exec(`pragma synchronous = ${durability === "power" ? "full" : "normal"}`)
    // A small log is used again in place, and overwriting syncs faster than growing a file; a log of 4 MiB is too small: large
    // appends wait for a copy to the file, with its syncs, after every second or third commit.
    db.exec("pragma wal_autocheckpoint = 1536; pragma journal_size_limit = 67108864")
    db.exec("pragma foreign_keys = on; pragma cache_size = -32768; pragma busy_timeout = 0")
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

export const openReader = (driver: SqliteDriver, file: string): SqliteDatabase => {
  const db = driver.open(file, { readOnly: true })
  // A reader never waits for a writer in WAL mode; the timeout covers the moment a checkpoint resets the log.
  db.exec(
    "pragma query_only = on; pragma mmap_size = 1073741824; pragma cache_size = -16384; pragma busy_timeout = 2000"
  )
  return db
}

/** Prepares each text once. Kysely and the stores ask for the same few hundred statements again and again. */
export const statementCache = (db: SqliteDatabase, limit = 500): SqliteDatabase["prepare"] => {
  const cache = new Map<string, ReturnType<SqliteDatabase["prepare"]>>()
  return (sql) => {
    const known = cache.get(sql)
    if (known !== undefined) return known
    if (cache.size >= limit) cache.delete(cache.keys().next().value as string)
    const statement = db.prepare(sql)
    cache.set(sql, statement)
    return statement
  }
}
