/**
 * Puts bytes under the digest of what they are, so that equal files of a thousand runs lie in the store once. A body is
 * always read and checked, even where its digest is known: who names a digest has not proved to have the bytes.
 */
import { Effect, Pull, Stream } from "effect"
import { BlobKey, type BlobPutOptions, type BlobStore } from "../blob/BlobStore.ts"
import { newIdentifier } from "../store/Identifier.ts"

/** Larger bodies of unknown digest go through a staging blob instead of memory. */
const maxBuffered = 4 * 1024 * 1024

/** `sha256/ab/cdef…`. */
export const contentKey = (sha256: string): BlobKey => BlobKey.make(`sha256/${sha256.slice(0, 2)}/${sha256.slice(2)}`)

export interface StoredContent {
  readonly blob: BlobKey
  readonly sha256: string
  readonly sizeBytes: number
}

type Store = BlobStore["Service"]

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("")

const joined = (pieces: ReadonlyArray<Uint8Array>, length: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Puts, counts and tells whether the key was taken. A body's own failure is kept apart from the store's: it may be anything. */
const putCounted = Effect.fnUntraced(function* <E>(
  store: Store,
  key: BlobKey,
  body: Stream.Stream<Uint8Array, E>,
  options: BlobPutOptions
) {
  let sizeBytes = 0
  const counted = Stream.mapError(
    Stream.map(body, (piece) => {
      sizeBytes += piece.length
      return piece
    }),
    (error) => ({ _tag: "BodyFailed" as const, error })
  )
  const outcome = yield* Effect.result(store.put(key, counted, options))
  if (outcome._tag === "Success") return { sizeBytes, sha256: outcome.success.sha256 }
  const { failure } = outcome
  if (failure._tag === "BodyFailed") return yield* Effect.fail(failure.error)
  if (failure._tag !== "BlobExists") return yield* failure
  return { sizeBytes, sha256: null }
})

/** Under a known digest. That the key is taken is success: the same bytes are there, and these were checked too. */
const putKnown = Effect.fnUntraced(function* <E>(
  store: Store,
  body: Stream.Stream<Uint8Array, E>,
  sha256: string,
  expectedSizeBytes: number | undefined
) {
  const blob = contentKey(sha256)
  const { sizeBytes } = yield* putCounted(store, blob, body, {
    createOnly: true,
    expectedSha256: sha256,
    expectedSizeBytes
  })
  return { blob, sha256, sizeBytes }
})

/** Through a blob of its own, whose digest is known once it is written. A staging blob that a crash leaves is for GC. */
const putStaged = Effect.fnUntraced(function* <E>(
  store: Store,
  body: Stream.Stream<Uint8Array, E>,
  expectedSizeBytes: number | undefined
) {
  const staging = BlobKey.make(`staging/${yield* newIdentifier}`)
  const staged = Effect.flatMap(putCounted(store, staging, body, { expectedSizeBytes }), ({ sha256 }) =>
    // The staging blob is this call's own; that it is taken or gone would be a bug.
    sha256 === null
      ? Effect.die(new Error(`${staging} is taken`))
      : putKnown(store, Stream.catchTag(store.get(staging), "BlobNotFound", Stream.die), sha256, undefined)
  )
  return yield* Effect.ensuring(staged, Effect.ignore(store.delete(staging)))
})

/** Stores a body and gives the key of its digest. `sha256` in lower-case hex and `sizeBytes` are checked where given. */
export const storeContent = Effect.fnUntraced(function* <E>(
  store: Store,
  body: Stream.Stream<Uint8Array, E>,
  announced: { readonly sha256?: string | undefined; readonly sizeBytes?: number | undefined }
) {
  const { sha256, sizeBytes } = announced
  if (sha256 !== undefined) return yield* putKnown(store, body, sha256, sizeBytes)
  if (sizeBytes !== undefined && sizeBytes > maxBuffered) return yield* putStaged(store, body, sizeBytes)
  const pull = yield* Stream.toPull(body)
  const pieces: Array<Uint8Array> = []
  let length = 0
  let ended = false
  while (!ended && length <= maxBuffered) {
    const next = yield* Pull.catchDone(pull, () => Effect.succeed(null))
    ended = next === null
    for (const piece of next ?? []) {
      pieces.push(piece)
      length += piece.length
    }
  }
  if (!ended) {
    const rest = Stream.fromPull(Effect.succeed(pull))
    return yield* putStaged(store, Stream.concat(Stream.fromIterable(pieces), rest), sizeBytes)
  }
  const bytes = joined(pieces, length)
  const digest = hex(yield* Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)))
  return yield* putKnown(store, Stream.make(bytes), digest, sizeBytes)
}, Effect.scoped)
