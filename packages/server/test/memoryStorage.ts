/** Every store in memory, as the adapters that a host would give. Each call is a world of its own. */
import { Migrations } from "@wanllmdb/core"
import {
  memoryBlobStore,
  memoryLogStore,
  memoryMetadata,
  memoryMetricDefinitionStore,
  memoryMetricStore,
  memoryRunFileStore
} from "@wanllmdb/core/testing"
import { Effect, Layer } from "effect"
import type { BlobAdapter, StorageAdapter } from "../src/index.ts"

const noMigrations = Layer.succeed(
  Migrations,
  Migrations.of({
    plan: Effect.succeed([]),
    run: Effect.succeed([]),
    sql: Effect.succeed(""),
    applied: Effect.succeed([])
  })
)

export const memoryStorage = (): { readonly storage: StorageAdapter; readonly blobs: BlobAdapter } => ({
  storage: {
    kind: "memory",
    layer: Layer.mergeAll(
      memoryMetadata,
      memoryMetricStore,
      memoryMetricDefinitionStore,
      memoryLogStore,
      memoryRunFileStore,
      noMigrations
    ),
    describe: () => ({})
  },
  blobs: { kind: "memory", layer: memoryBlobStore, describe: () => ({}) }
})
