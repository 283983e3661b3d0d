/** The engine over the stores of a host, as one layer. */
import {
  type BlobStore,
  type DocumentStore,
  type FieldIndex,
  type IdentityStore,
  type Lease,
  type LogStore,
  Logs,
  type MetricDefinitionStore,
  type MetricStore,
  Metrics,
  type Migrations,
  type ProjectStore,
  RunEvents,
  type RunFileStore,
  RunFiles,
  type RunStore,
  type StoreError,
  type Transactor,
  trackingLayer
} from "@wanllmdb/core"
import { Layer } from "effect"
import type { EngineServices } from "./Engine.ts"

/** Every port that the engine needs besides blobs. One adapter gives them all. */
export type StoragePorts =
  | Transactor
  | Migrations
  | ProjectStore
  | RunStore
  | FieldIndex
  | MetricStore
  | MetricDefinitionStore
  | LogStore
  | RunFileStore
  | IdentityStore
  | Lease
  | DocumentStore

/** What `sqlite({ file })` and its like return. */
export interface StorageAdapter {
  readonly kind: string
  readonly layer: Layer.Layer<StoragePorts, StoreError>
  /** For `/ready` and `doctor`. */
  describe(): Readonly<Record<string, unknown>>
}

/** What `fs({ dir })` and its like return. */
export interface BlobAdapter {
  readonly kind: string
  readonly layer: Layer.Layer<BlobStore, StoreError>
  describe(): Readonly<Record<string, unknown>>
}

/** Another place for metric points than the storage. */
export interface MetricAdapter {
  readonly kind: string
  readonly layer: Layer.Layer<MetricStore, StoreError>
  describe(): Readonly<Record<string, unknown>>
}

export interface Stores {
  readonly storage: StorageAdapter
  readonly blobs: BlobAdapter
  readonly metrics?: MetricAdapter | undefined
}

export const engineLayer = ({
  blobs,
  metrics,
  storage
}: Stores): Layer.Layer<EngineServices | StoragePorts, StoreError> => {
  const stores = Layer.mergeAll(storage.layer, blobs.layer)
  const ports = metrics === undefined ? stores : Layer.merge(stores, metrics.layer)
  return Layer.mergeAll(Metrics.layer, Logs.layer, RunFiles.layer).pipe(
    Layer.provideMerge(trackingLayer),
    Layer.provideMerge(RunEvents.layer),
    Layer.provideMerge(ports)
  )
}
