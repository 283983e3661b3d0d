/** The port behind which bytes are kept by key. Small on purpose: disk, S3, GCS, Azure and memory can all keep it. */
import { Context, type Effect, Schema, type Stream } from "effect"
import type { StoreError } from "../store/StoreError.ts"

/** `/`-separated segments of `[A-Za-z0-9._=-]`, none of them `.` or `..`; at most 512 characters. */
export const BlobKey = Schema.String.check(
  Schema.isPattern(/^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._=-]+(\/[A-Za-z0-9._=-]+)*$/),
  Schema.isMaxLength(512)
).pipe(Schema.brand("BlobKey"))
export type BlobKey = typeof BlobKey.Type

export interface BlobInfo {
  readonly key: BlobKey
  readonly sizeBytes: number
  /** Opaque; changes when the content does. */
  readonly etag: string
  readonly modifiedAt: number
}

export interface BlobCapabilities {
  /** Whether the store signs requests that a client sends to it directly. When false, bytes pass through the server. */
  readonly sign: boolean
}

export class BlobNotFound extends Schema.TaggedError<BlobNotFound>()("BlobNotFound", { key: Schema.String }) {
  override get message() {
    return `Blob "${this.key}" does not exist`
  }
}

/** A create-only put found the key taken. */
export class BlobExists extends Schema.TaggedError<BlobExists>()("BlobExists", { key: Schema.String }) {
  override get message() {
    return `Blob "${this.key}" exists already`
  }
}

/** The bytes that came are not what the caller announced; nothing became visible. */
export class BlobMismatch extends Schema.TaggedError<BlobMismatch>()("BlobMismatch", {
  key: Schema.String,
  rule: Schema.Literals(["size", "sha256"]),
  expected: Schema.String,
  got: Schema.String
}) {
  override get message() {
    return `Blob "${this.key}": ${this.rule} is ${this.got}, expected ${this.expected}`
  }
}

export interface BlobPutOptions {
  /** Fails with `BlobExists` when the key is taken, after the whole body was read and checked. Default false: replaces, readers see the old bytes or the new ones. */
  readonly createOnly?: boolean | undefined
  readonly expectedSizeBytes?: number | undefined
  /** Lower-case hex. Checked before the bytes become visible. */
  readonly expectedSha256?: string | undefined
}

export class BlobStore extends Context.Service<
  BlobStore,
  {
    readonly capabilities: BlobCapabilities
    /** Stores the stream; the blob is durable and whole when it answers and invisible until then. */
    put<E>(
      key: BlobKey,
      body: Stream.Stream<Uint8Array, E>,
      options?: BlobPutOptions
    ): Effect.Effect<BlobInfo & { readonly sha256: string }, E | BlobExists | BlobMismatch | StoreError>
    /** The bytes from `range.start` to `range.end` (exclusive; default the end). */
    get(
      key: BlobKey,
      range?: { readonly start: number; readonly end?: number | undefined }
    ): Stream.Stream<Uint8Array, BlobNotFound | StoreError>
    head(key: BlobKey): Effect.Effect<BlobInfo, BlobNotFound | StoreError>
    /** Deleting what is not there succeeds. */
    delete(key: BlobKey): Effect.Effect<void, StoreError>
    /** Keys that start with `prefix` in order, after `after`; at most `limit` (default 1,000). */
    list(query: {
      readonly prefix: string
      readonly after?: string | undefined
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<BlobInfo>, StoreError>
    /** Fails when the store cannot be reached or written. */
    check: Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/BlobStore") {}
