/**
 * Two SQLite libraries in one process do not see each other's file locks and would corrupt a file they share. The process
 * keeps a list of who has which file open, and a second library is refused.
 */
import { realpathSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { DriverName } from "./SqliteDriver.ts"

interface Owner {
  readonly driver: DriverName
  uses: number
}

// On the process's global object, so that two copies of this package (two versions in one tree) share it.
const registry = Symbol.for("wanllmdb.sqlite.fileOwners")
const shared = globalThis as { [registry]?: Map<string, Owner> }
const owners = shared[registry] ?? new Map<string, Owner>()
shared[registry] = owners

/** The file's real path, also when only its folder exists yet. */
export const realFile = (file: string): string => {
  try {
    return realpathSync(file)
  } catch {
    return join(realpathSync(dirname(file)), basename(file))
  }
}

/** Notes that `driver` has the file open; gives what undoes it. Throws when another library has it. */
export const claimFile = (file: string, driver: DriverName): (() => void) => {
  const path = realFile(file)
  const owner = owners.get(path) ?? { driver, uses: 0 }
  if (owner.driver !== driver) {
    throw new Error(
      `${path} is open in this process through ${owner.driver}; a second SQLite library (${driver}) would not see its locks`
    )
  }
  owner.uses++
  owners.set(path, owner)
  let released = false
  return () => {
    if (released) return
    released = true
    owner.uses--
    if (owner.uses === 0) owners.delete(path)
  }
}
