import {
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
import { sqlite } from "../src/sqlite.ts"
import { keptFile } from "./temporaryFile.ts"

const places = [
  ["better-sqlite3", "worker"],
  ["node:sqlite", "worker"],
  ["better-sqlite3", "inline"]
] as const

describe.each(places)("metadata on %s, %s, keeps the contracts through the writer", (driver, threads) => {
  const { file, remove } = keptFile()
  const runtime = ManagedRuntime.make(sqlite({ file, driver, threads, durability: "process" }).layer)
  afterAll(async () => {
    await runtime.dispose()
    remove()
  })
  for (const { name, run } of [
    ...runStoreContract,
    ...projectStoreContract,
    ...fieldIndexContract,
    ...identityStoreContract,
    ...leaseContract,
    ...transactorContract,
    ...runFileStoreContract
  ]) {
    it(name, () => runtime.runPromise(Effect.scoped(run)))
  }
})
