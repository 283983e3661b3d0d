import {
  type ContractCase,
  documentStoreContract,
  fieldIndexContract,
  identityStoreContract,
  leaseContract,
  projectStoreContract,
  runFileStoreContract,
  runStoreContract,
  transactorContract
} from "@wanllmdb/core/testing"
import { Effect, ManagedRuntime } from "effect"
import { afterAll, describe, it } from "vitest"
import { type SqliteStores, sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

const places = [
  ["better-sqlite3", "worker"],
  ["node:sqlite", "worker"],
  ["better-sqlite3", "inline"]
] as const

describe.each(places.filter(([driver]) => drivers.includes(driver)))(
  "metadata on %s, %s, keeps the contracts through the writer",
  (driver, threads) => {
    const { file, remove } = keptFile()
    const runtime = ManagedRuntime.make(sqlite({ file, driver, threads, durability: "process" }).layer)
    afterAll(async () => {
      await runtime.dispose()
      remove()
    })
    const cases: ReadonlyArray<ContractCase<SqliteStores>> = [
      ...runStoreContract,
      ...projectStoreContract,
      ...fieldIndexContract,
      ...identityStoreContract,
      ...documentStoreContract,
      ...leaseContract,
      ...transactorContract,
      ...runFileStoreContract
    ]
    for (const { name, run } of cases) {
      it(name, () => runtime.runPromise(Effect.scoped(run)))
    }
  }
)
