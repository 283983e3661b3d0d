/**
 * The SQLite libraries that load on this machine. `better-sqlite3` may be missing where npm found neither a binary nor a
 * compiler; the test command names that, and everything runs on the other.
 */
import { chooseDriver } from "../src/driver/chooseDriver.ts"
import type { DriverName } from "../src/driver/SqliteDriver.ts"

const loads = (name: DriverName): boolean => {
  try {
    chooseDriver(name)
    return true
  } catch {
    return false
  }
}

export const drivers: ReadonlyArray<DriverName> = (["better-sqlite3", "node:sqlite"] as const).filter(loads)

/** Every library in every place where the contracts must hold. */
export const places = drivers.flatMap((driver) =>
  (["inline", "worker"] as const).map((threads) => [driver, threads] as const)
)
