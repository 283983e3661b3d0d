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
import { places } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

describe.each(places)("metadata on %s, %s, keeps the contracts through the writer", (driver, threads) => {
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
})
