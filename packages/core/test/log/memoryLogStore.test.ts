import { logStoreContract, memoryLogStore } from "@wanllmdb/core/testing"
import { Effect } from "effect"
import { describe, it } from "vitest"

describe("memoryLogStore", () => {
  for (const { name, run } of logStoreContract) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(memoryLogStore))))
  }
})
