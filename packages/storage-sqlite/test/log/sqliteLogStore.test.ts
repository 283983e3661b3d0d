import { logStoreContract } from "@wanllmdb/core/testing"
import { Effect } from "effect"
import { describe, it } from "vitest"
import { sqlite } from "../../src/sqlite.ts"
import { drivers } from "../drivers.ts"
import { temporaryFile } from "../temporaryFile.ts"

describe.each(drivers)("logs in SQLite by %s", (driver) => {
  for (const { name, run } of logStoreContract) {
    it(name, () => {
      const { layer } = sqlite({ file: temporaryFile(), driver, threads: "inline", durability: "process" })
      return Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(layer)))
    })
  }
})
