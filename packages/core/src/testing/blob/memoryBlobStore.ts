/** A `BlobStore` in memory that keeps the whole contract. */
import { Clock, Effect, Layer, Stream } from "effect"
import {
  BlobExists,
  type BlobInfo,
  type BlobKey,
  BlobMismatch,
  BlobNotFound,
  type BlobPutOptions,
  BlobStore
} from "../../blob/BlobStore.ts"
import type { StoreError } from "../../store/StoreError.ts"

interface Blob {
  readonly info: BlobInfo
  readonly bytes: Uint8Array<ArrayBuffer>
}

const pieceBytes = 64 * 1024

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("")

const mismatch = (key: BlobKey, rule: "size" | "sha256", expected: unknown, got: unknown) =>
  expected === undefined || expected === got
    ? Effect.void
    : Effect.fail(new BlobMismatch({ key, rule, expected: String(expected), got: String(got) }))

export const memoryBlobStore: Layer.Layer<BlobStore> = Layer.sync(BlobStore, () => {
  const blobs = new Map<string, Blob>()
  let puts = 0

  const find = (key: BlobKey): Effect.Effect<Blob, BlobNotFound> => {
    const blob = blobs.get(key)
    return blob === undefined ? Effect.fail(new BlobNotFound({ key })) : Effect.succeed(blob)
  }

  const put = <E>(key: BlobKey, body: Stream.Stream<Uint8Array, E>, options: BlobPutOptions = {}) =>
    Effect.gen(function* () {
      const bytes = yield* Stream.mkUint8Array(body)
      yield* mismatch(key, "size", options.expectedSizeBytes, bytes.length)
      const sha256 = hex(yield* Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)))
      yield* mismatch(key, "sha256", options.expectedSha256, sha256)
      const modifiedAt = yield* Clock.currentTimeMillis
      if (options.createOnly === true && blobs.has(key)) return yield* new BlobExists({ key })
      const info = { key, sizeBytes: bytes.length, etag: String(++puts), modifiedAt }
      blobs.set(key, { info, bytes })
      return { ...info, sha256 }
    })

  return BlobStore.of({
    capabilities: { sign: false },
    put,
    get: (key, range): Stream.Stream<Uint8Array, BlobNotFound | StoreError> =>
      Stream.unwrap(
        Effect.map(
          Effect.suspend(() => find(key)),
          ({ bytes }) => {
            const part = bytes.slice(range?.start ?? 0, range?.end)
            const pieces = Array.from({ length: Math.ceil(part.length / pieceBytes) }, (_, at) =>
              part.subarray(at * pieceBytes, (at + 1) * pieceBytes)
            )
            return Stream.fromIterable(pieces)
          }
        )
      ),
    head: (key) =>
      Effect.map(
        Effect.suspend(() => find(key)),
        ({ info }) => info
      ),
    delete: (key) => Effect.sync(() => void blobs.delete(key)),
    list: ({ prefix, after = "", limit = 1_000 }) =>
      Effect.sync(() =>
        [...blobs.values()]
          .map(({ info }) => info)
          .filter(({ key }) => key.startsWith(prefix) && key > after)
          .sort((a, b) => (a.key < b.key ? -1 : 1))
          .slice(0, limit)
      ),
    check: Effect.void
  })
})
