/** `fs({ dir })`: blobs as files in a folder. */
import { mkdir, realpath, rm, stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import {
  BlobExists,
  BlobKey,
  BlobMismatch,
  BlobNotFound,
  type BlobPutOptions,
  BlobStore,
  type StoreError
} from "@wanllmdb/core"
import { Clock, Effect, Layer, Schema, Stream } from "effect"
import { attempt, codeOf, fsError } from "./fsError.ts"
import { keyPath, temporaryFolder } from "./keyPath.ts"
import { infoOf, listBlobs } from "./listBlobs.ts"
import { readBlob } from "./readBlob.ts"
import { TemporaryFile } from "./TemporaryFile.ts"
import { removeLeftovers, temporaryName } from "./temporaryNames.ts"

export interface FsOptions {
  /** Made with mode 0700 when it is missing. Should lie on a local disk or a share with hard links. */
  readonly dir: string
}

export interface FsBlobs {
  readonly kind: "fs"
  readonly layer: Layer.Layer<BlobStore, StoreError>
  /** For health pages and `doctor`. */
  describe(): { readonly dir: string }
}

const isKey = Schema.is(BlobKey)

/** The file of a key. The type says that keys are checked; a cast that says so wrongly must not reach another folder. */
const locate = (root: string, operation: string, key: string): Effect.Effect<string, StoreError> =>
  isKey(key)
    ? Effect.succeed(join(root, ...keyPath(key)))
    : Effect.fail(fsError(operation, new Error("the key is not one that BlobKey accepts")))

const openRoot = async (dir: string, now: number): Promise<string> => {
  await mkdir(join(dir, temporaryFolder), { recursive: true, mode: 0o700 })
  const root = await realpath(dir)
  await removeLeftovers(join(root, temporaryFolder), now)
  return root
}

const sizeFault = (key: string, expected: number, got: string) =>
  new BlobMismatch({ key, rule: "size", expected: String(expected), got })

const make = Effect.fnUntraced(function* (dir: string) {
  const now = yield* Clock.currentTimeMillis
  const root = yield* attempt("blobs.open", () => openRoot(dir, now))
  const unfinished = join(root, temporaryFolder)

  const temporary = Effect.acquireRelease(
    attempt("blobs.put", () => TemporaryFile.create(unfinished, temporaryName())),
    (file) => Effect.promise(() => file.dispose())
  )

  const put = <E>(key: BlobKey, body: Stream.Stream<Uint8Array, E>, options: BlobPutOptions = {}) =>
    Effect.scoped(
      Effect.gen(function* () {
        const { createOnly = false, expectedSizeBytes, expectedSha256 } = options
        const target = yield* locate(root, "blobs.put", key)
        const file = yield* temporary
        yield* Stream.runForEachArray(body, (pieces) =>
          Effect.andThen(
            attempt("blobs.put", () => file.write(pieces)),
            expectedSizeBytes !== undefined && file.sizeBytes > expectedSizeBytes
              ? Effect.fail(sizeFault(key, expectedSizeBytes, `more than ${expectedSizeBytes}`))
              : Effect.void
          )
        )
        if (expectedSizeBytes !== undefined && file.sizeBytes !== expectedSizeBytes) {
          return yield* sizeFault(key, expectedSizeBytes, String(file.sizeBytes))
        }
        const sha256 = yield* attempt("blobs.put", () => file.finish())
        if (expectedSha256 !== undefined && expectedSha256 !== sha256) {
          return yield* new BlobMismatch({ key, rule: "sha256", expected: expectedSha256, got: sha256 })
        }
        // Once it may be visible, the caller hears about it: an interruption waits for these few calls.
        const published = yield* Effect.uninterruptible(
          attempt("blobs.put", async () =>
            (await file.publish(root, target, createOnly)) ? infoOf(key, await stat(target)) : null
          )
        )
        return published === null ? yield* new BlobExists({ key }) : { ...published, sha256 }
      })
    ).pipe(Effect.withSpan("blobs.put"))

  return BlobStore.of({
    capabilities: { sign: false },
    put,
    get: (key, range) =>
      Stream.unwrap(
        Effect.map(locate(root, "blobs.get", key), (path) =>
          readBlob(key, path, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY)
        )
      ),
    head: Effect.fn("blobs.head")(function* (key: BlobKey) {
      const path = yield* locate(root, "blobs.head", key)
      const found = yield* Effect.tryPromise({
        try: () => stat(path),
        catch: (cause) =>
          ["ENOENT", "ENOTDIR"].includes(codeOf(cause)) ? new BlobNotFound({ key }) : fsError("blobs.head", cause)
      })
      return infoOf(key, found)
    }),
    delete: Effect.fn("blobs.delete")(function* (key: BlobKey) {
      const path = yield* locate(root, "blobs.delete", key)
      yield* attempt("blobs.delete", () => rm(path, { force: true }))
    }),
    list: Effect.fn("blobs.list")(function* ({ prefix, after = "", limit = 1_000 }) {
      return yield* attempt("blobs.list", () => listBlobs(root, { prefix, after, limit }))
    }),
    check: Effect.scoped(
      Effect.gen(function* () {
        const file = yield* temporary
        yield* attempt("blobs.check", async () => {
          await file.write([new Uint8Array(1)])
          await file.finish()
        })
      })
    )
  })
})

export const fs = (options: FsOptions): FsBlobs => {
  const dir = resolve(options.dir)
  return { kind: "fs", layer: Layer.effect(BlobStore, make(dir)), describe: () => ({ dir }) }
}
