/** Picks the SQLite library: the one the host names, else the fastest that loads here. */
import { createRequire } from "node:module"
import { loadBetterSqlite3 } from "./BetterSqlite3.ts"
import { loadNodeSqlite } from "./NodeSqlite.ts"
import type { DriverName, SqliteDriver } from "./SqliteDriver.ts"

// `createRequire` and not `import()`: a bundler leaves it alone, so the native files are found where npm put them.
const load = createRequire(import.meta.url)

const loaders: Readonly<Record<DriverName, (from: typeof load) => SqliteDriver>> = {
  "better-sqlite3": loadBetterSqlite3,
  "node:sqlite": loadNodeSqlite
}

const loaded = new Map<DriverName, SqliteDriver>()

const loadDriver = (name: DriverName): SqliteDriver => {
  const driver = loaded.get(name) ?? loaders[name](load)
  loaded.set(name, driver)
  return driver
}

/**
 * Without `name`: `better-sqlite3`, and where it is missing or does not fit this Node the `node:sqlite` interface.
 * With it: that one or an error, which names what to install.
 */
export const chooseDriver = (name?: DriverName): SqliteDriver => {
  const reasons: Array<string> = []
  for (const candidate of name === undefined ? (["better-sqlite3", "node:sqlite"] as const) : [name]) {
    try {
      return loadDriver(candidate)
    } catch (cause) {
      reasons.push(`${candidate}: ${cause instanceof Error ? cause.message.split("\n")[0] : String(cause)}`)
    }
  }
  throw new Error(
    `No SQLite library could be loaded. Install better-sqlite3 or @photostructure/sqlite. ${reasons.join("; ")}`
  )
}
