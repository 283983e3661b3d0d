import { memoryRunFileStore, runFileStoreContract } from "@wanllmdb/core/testing"
import { Effect } from "effect"
import { describe, it } from "vitest"

describe("memoryRunFileStore", () => {
  for (const { name, run } of runFileStoreContract) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(memoryRunFileStore))))
  }
})
