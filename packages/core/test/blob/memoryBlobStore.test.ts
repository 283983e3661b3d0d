import { blobStoreContract, memoryBlobStore } from "@wanllmdb/core/testing"
import { Effect } from "effect"
import { describe, it } from "vitest"

describe("memoryBlobStore", () => {
  for (const { name, run } of blobStoreContract) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(memoryBlobStore))))
  }
})
