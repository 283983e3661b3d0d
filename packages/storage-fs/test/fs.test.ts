import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { blobStoreContract } from "@wanllmdb/core/testing"
import { fs } from "@wanllmdb/storage-fs"
import { Effect } from "effect"
import { afterAll, describe, it } from "vitest"

const dir = mkdtempSync(join(tmpdir(), "wanllmdb-fs-"))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe("fs", () => {
  for (const { name, run } of blobStoreContract) {
    it(name, () => Effect.runPromise(Effect.scoped(run).pipe(Effect.provide(fs({ dir: join(dir, "blobs") }).layer))))
  }
})
