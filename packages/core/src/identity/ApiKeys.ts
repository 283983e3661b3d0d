/** Makes, finds and revokes API keys. Keys are random, at least 40 characters of `[A-Za-z0-9_-]`, stored as hashes. */
import { Context, type Effect } from "effect"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { ApiKey, ApiKeyCreate, ApiKeyNotFound } from "./ApiKey.ts"
import type { Principal } from "./Principal.ts"

export class ApiKeys extends Context.Service<
  ApiKeys,
  {
    /** The key in the answer is the only copy. */
    create(
      input: ApiKeyCreate,
      owner: Principal | null
    ): Effect.Effect<{ readonly apiKey: ApiKey; readonly key: string }, InvalidInput | StoreError>
    /** Who a key stands for; null when it is unknown, revoked or expired. Cached for a few seconds. */
    authenticate(key: string): Effect.Effect<Principal | null, StoreError>
    readonly list: Effect.Effect<ReadonlyArray<ApiKey>, StoreError>
    revoke(id: string): Effect.Effect<void, ApiKeyNotFound | StoreError>
  }
>()("@wanllmdb/core/ApiKeys") {}
