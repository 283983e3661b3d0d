/** What can be done with a run's files: records in the metadata store, bytes in the blob store, kept in step. */
import { Clock, Context, Effect, Layer, Stream } from "effect"
import { type BlobMismatch, type BlobNotFound, BlobStore } from "../blob/BlobStore.ts"
import { type EventTopic, RunEvents } from "../event/RunEvents.ts"
import type { RunId, RunNotFound } from "../run/Run.ts"
import { Runs } from "../run/Runs.ts"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import { contentTypeOf, isContentType } from "./contentType.ts"
import { checkFilePath, foldersOf } from "./filePath.ts"
import { type RunFile, RunFileNotFound } from "./RunFile.ts"
import { RunFileStore, type StoredRunFile } from "./RunFileStore.ts"
import { storeContent } from "./storeContent.ts"

/** Most files that one page of a list gives. */
const maxPage = 10_000

const shown = ({ blob: _, rev: __, ...file }: StoredRunFile): RunFile => file

const topic: EventTopic = "files"

export class RunFiles extends Context.Service<
  RunFiles,
  {
    /**
     * Stores the bytes, then the record; a reader sees the old file or the new one. The path is kept in Unicode normalization
     * form C. Refuses a path that breaks a rule of `filePathFault`, and one whose folder is a file or that is a folder itself.
     */
    put<E>(input: {
      readonly run: RunId
      readonly path: string
      readonly body: Stream.Stream<Uint8Array, E>
      /** Default: by the path's ending. */
      readonly contentType?: string | undefined
      readonly sizeBytes?: number | undefined
      readonly sha256?: string | undefined
    }): Effect.Effect<RunFile, E | RunNotFound | InvalidInput | BlobMismatch | StoreError>
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
    /** Forgets the record. The bytes stay until garbage collection finds that nothing else holds them. */
    delete(run: RunId, path: string): Effect.Effect<void, RunFileNotFound | InvalidInput | StoreError>
  }
>()("@wanllmdb/core/RunFiles") {
  static readonly layer = Layer.effect(
    RunFiles,
    Effect.gen(function* () {
      const records = yield* RunFileStore
      const blobs = yield* BlobStore
      const runs = yield* Runs
      const events = yield* RunEvents

      /** A file may not be a folder of another file, or the two could not lie on one disk. */
      const checkPlace = Effect.fnUntraced(function* (run: RunId, path: string) {
        for (const folder of foldersOf(path)) {
          const taken = yield* Effect.result(records.get(run, folder))
          if (taken._tag === "Success") return yield* invalidInput("path", "must have no file as a folder", folder)
          if (taken.failure._tag === "StoreError") return yield* taken.failure
        }
        const [below] = yield* records.list({ run, prefix: `${path}/`, limit: 1 })
        if (below !== undefined) return yield* invalidInput("path", "must not be a folder of another file", below.path)
      })

      const find = Effect.fnUntraced(function* (run: RunId, path: string) {
        return yield* records.get(run, yield* checkFilePath(path))
      })

      const put = Effect.fn("RunFiles.put")(function* <E>(input: {
        readonly run: RunId
        readonly path: string
        readonly body: Stream.Stream<Uint8Array, E>
        readonly contentType?: string | undefined
        readonly sizeBytes?: number | undefined
        readonly sha256?: string | undefined
      }) {
        const { run, sizeBytes, sha256 } = input
        const path = yield* checkFilePath(input.path)
        const contentType = input.contentType ?? contentTypeOf(path)
        if (!isContentType(contentType)) {
          return yield* invalidInput("contentType", "must be a media type", contentType.slice(0, 80))
        }
        if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) {
          return yield* invalidInput("sha256", "must be 64 lower-case hex digits", sha256.slice(0, 80))
        }
        const { project } = yield* runs.locate(run)
        yield* checkPlace(run, path)
        const stored = yield* storeContent(blobs, input.body, { sha256, sizeBytes })
        const updatedAt = yield* Clock.currentTimeMillis
        const file = { run, path, contentType, updatedAt, sizeBytes: stored.sizeBytes, sha256: stored.sha256 }
        yield* records.put({ ...file, blob: stored.blob })
        yield* events.publish({ project, run, topic })
        return file
      })

      return RunFiles.of({
        put,
        get: (run, path) => Effect.map(find(run, path), shown),
        read: (run, path, range) => Stream.unwrap(Effect.map(find(run, path), ({ blob }) => blobs.get(blob, range))),
        list: (query) =>
          Effect.map(records.list({ ...query, limit: Math.min(query.limit ?? 1_000, maxPage) }), (files) =>
            files.map(shown)
          ),
        changedSince: (run, rev) =>
          Effect.map(records.changedSince(run, rev), (files) => ({
            files: files.map(shown),
            cursor: files.reduce((newest, file) => Math.max(newest, file.rev), rev)
          })),
        delete: Effect.fn("RunFiles.delete")(function* (run: RunId, path: string) {
          const kept = yield* checkFilePath(path)
          if ((yield* records.delete(run, kept)) === null) return yield* new RunFileNotFound({ run, path: kept })
          const located = yield* Effect.result(runs.locate(run))
          if (located._tag === "Success") yield* events.publish({ project: located.success.project, run, topic })
        })
      })
    })
  )
}
