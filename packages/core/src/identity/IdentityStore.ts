/** The port behind which API keys are kept, as SHA-256 hashes. */
import { Context, type Effect } from "effect"
import type { StoreError } from "../store/StoreError.ts"
import type { ApiKey, ApiKeyNotFound } from "./ApiKey.ts"

export class IdentityStore extends Context.Service<
  IdentityStore,
  {
    /** `hash`: lower-case hex SHA-256 of the key. */
    insertKey(key: ApiKey, hash: string): Effect.Effect<void, StoreError>
    findKey(hash: string): Effect.Effect<ApiKey | null, StoreError>
    /** Newest first. */
    listKeys: Effect.Effect<ReadonlyArray<ApiKey>, StoreError>
    deleteKey(id: string): Effect.Effect<void, ApiKeyNotFound | StoreError>
    touchKey(id: string, usedAt: number): Effect.Effect<void, StoreError>
    /** Named small values such as one-time sign-in codes, taken at most once. */
    putSecret(name: string, value: string, expiresAt: number): Effect.Effect<void, StoreError>
    takeSecret(name: string, now: number): Effect.Effect<string | null, StoreError>
  }
>()("@wanllmdb/core/IdentityStore") {}
