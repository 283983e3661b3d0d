/** The port behind which the records of run files are kept; the bytes are in the `BlobStore`. */
import { Context, type Effect } from "effect"
import type { BlobKey } from "../blob/BlobStore.ts"
import type { RunId } from "../run/Run.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { RunFile, RunFileNotFound } from "./RunFile.ts"

export interface StoredRunFile extends RunFile {
  readonly blob: BlobKey
  /** Grows with every change of any file of the run, so that watchers ask for what is newer. */
  readonly rev: number
}

export class RunFileStore extends Context.Service<
  RunFileStore,
  {
    /** Inserts or replaces by (run, path) and gives the record it replaced, whose blob may then go. */
    put(file: Omit<StoredRunFile, "rev">): Effect.Effect<StoredRunFile | null, StoreError>
    get(run: RunId, path: string): Effect.Effect<StoredRunFile, RunFileNotFound | StoreError>
    /** In code point order of path, after `after`, paths that start with `prefix` with regard to case. Default limit 1,000. */
    list(query: {
      readonly run: RunId
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<StoredRunFile>, StoreError>
    /** Files that are there now and changed after `rev`, oldest change first. */
    changedSince(run: RunId, rev: number): Effect.Effect<ReadonlyArray<StoredRunFile>, StoreError>
    /** Gives the record that is gone, null when there was none. */
    delete(run: RunId, path: string): Effect.Effect<StoredRunFile | null, StoreError>
    deleteAll(run: RunId): Effect.Effect<ReadonlyArray<StoredRunFile>, StoreError>
  }
>()("@wanllmdb/core/RunFileStore") {}
