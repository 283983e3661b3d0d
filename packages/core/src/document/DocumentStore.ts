/**
 * The port behind which plugins keep small JSON documents of their own: sweeps and their agents, counts of what a protocol
 * does not know. A plugin needs no tables and no migrations. An adapter passes `documentStoreContract`.
 */
import { Context, type Effect, Schema } from "effect"
import type { StoreError } from "../store/StoreError.ts"

export interface StoredDocument {
  readonly key: string
  /** 1 when it was made, and one more for each change; a document that was deleted and made again begins at 1. */
  readonly rev: number
  readonly body: Schema.Json
  /** Unix milliseconds. */
  readonly updatedAt: number
}

/** The document is not at the revision that the writer read; read it again. */
export class DocumentChanged extends Schema.TaggedError<DocumentChanged>()("DocumentChanged", {
  collection: Schema.String,
  key: Schema.String
}) {
  override get message() {
    return `Document "${this.key}" of ${this.collection} was changed by someone else`
  }
}

export class DocumentStore extends Context.Service<
  DocumentStore,
  {
    get(collection: string, key: string): Effect.Effect<StoredDocument | null, StoreError>
    /** Writes where the document is at `ifRev` (0: where there is none); gives the new revision. */
    put(input: {
      readonly collection: string
      readonly key: string
      readonly body: Schema.Json
      readonly ifRev: number
      /** Unix milliseconds. */
      readonly now: number
    }): Effect.Effect<number, DocumentChanged | StoreError>
    /** In Unicode code point order of key, those that start with `prefix`, after `after` (exclusive). */
    list(query: {
      readonly collection: string
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      /** Default 1,000, at most 10,000. */
      readonly limit?: number | undefined
    }): Effect.Effect<ReadonlyArray<StoredDocument>, StoreError>
    /** Idempotent. */
    delete(collection: string, key: string): Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/DocumentStore") {}
