import { metricStoreRestartContract } from "@wanllmdb/core/testing"
import { Effect } from "effect"
import { afterAll, describe, it } from "vitest"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { keptFile } from "./temporaryFile.ts"

describe.each(drivers)("metrics on %s outlive the process", (driver) => {
  const { file, remove } = keptFile()
  afterAll(remove)
  for (const { name, run } of metricStoreRestartContract(sqlite({ file, driver, threads: "inline" }).layer)) {
    it(name, () => Effect.runPromise(Effect.scoped(run)))
  }
})
