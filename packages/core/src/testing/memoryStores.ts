/** Every port of the engine in memory: for tests, and for hosts that try the engine out. Nothing outlives the process. */
import { Layer } from "effect"
import { memoryBlobStore } from "./blob/memoryBlobStore.ts"
import { memoryRunFileStore } from "./file/memoryRunFileStore.ts"
import { memoryLogStore } from "./log/memoryLogStore.ts"
import { memoryMetricDefinitionStore } from "./metric/memoryMetricDefinitionStore.ts"
import { memoryMetricStore } from "./metric/memoryMetricStore.ts"
import { memoryMetadata } from "./run/memoryMetadata.ts"

export const memoryStores = Layer.mergeAll(
  memoryMetadata,
  memoryMetricStore,
  memoryMetricDefinitionStore,
  memoryLogStore,
  memoryBlobStore,
  memoryRunFileStore
)
