/** What can be done with a run's files: records in the metadata store, bytes in the blob store, kept in step. */
import { Context, type Effect, type Stream } from "effect"
import type { BlobMismatch, BlobNotFound } from "../blob/BlobStore.ts"
import type { RunId } from "../run/Run.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { RunFile, RunFileNotFound } from "./RunFile.ts"

export class RunFiles extends Context.Service<
  RunFiles,
  {
    /** Stores the bytes, then the record; a reader sees the old file or the new one. */
    put<E>(input: {
      readonly run: RunId
      readonly path: string
      readonly body: Stream.Stream<Uint8Array, E>
      /** Default: by the path's ending. */
      readonly contentType?: string | undefined
      readonly sizeBytes?: number | undefined
      readonly sha256?: string | undefined
    }): Effect.Effect<RunFile, E | InvalidInput | BlobMismatch | StoreError>
    get(run: RunId, path: string): Effect.Effect<RunFile, RunFileNotFound | InvalidInput | StoreError>
    read(
      run: RunId,
      path: string,
      range?: { readonly start: number; readonly end?: number | undefined }
    ): Stream.Stream<Uint8Array, RunFileNotFound | BlobNotFound | InvalidInput | StoreError>
    list(query: {
      readonly run: RunId
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<RunFile>, StoreError>
    changedSince(
      run: RunId,
      rev: number
    ): Effect.Effect<{ readonly files: ReadonlyArray<RunFile>; readonly cursor: number }, StoreError>
    delete(run: RunId, path: string): Effect.Effect<void, RunFileNotFound | InvalidInput | StoreError>
  }
>()("@wanllmdb/core/RunFiles") {}
