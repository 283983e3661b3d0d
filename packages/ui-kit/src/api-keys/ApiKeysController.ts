/** The API keys of a server: list, make, revoke. A new key is in the state once, until it is forgotten. */
import type { ApiKeyJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export interface ApiKeysState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  readonly keys: ReadonlyArray<ApiKeyJson>
  /** The key that was just made; it cannot be read again. */
  readonly made: string | null
  readonly busy: boolean
  readonly notice: unknown
}

export type ApiKeysEvent =
  | { readonly type: "reload" | "forget" }
  | { readonly type: "create"; readonly name: string; readonly role: ApiKeyJson["role"] }
  | { readonly type: "revoke"; readonly id: string }

export class ApiKeysController extends BaseStore<ApiKeysState, ApiKeysEvent> {
  readonly #client: WanllmdbClient

  constructor(client: WanllmdbClient) {
    super({ status: "loading", error: null, keys: [], made: null, busy: false, notice: null })
    this.#client = client
    void this.#load()
  }

  protected receive(event: ApiKeysEvent): void {
    if (event.type === "reload") void this.#load()
    else if (event.type === "forget") this.update({ made: null })
    else if (event.type === "create") {
      const { name, role } = event
      void this.#change(async (signal) =>
        this.update({ made: (await this.#client.keys.create({ name, role }, { signal })).key })
      )
    } else if (event.type === "revoke") void this.#change((signal) => this.#client.keys.delete(event.id, { signal }))
  }

  async #load(): Promise<void> {
    try {
      this.update({ keys: await this.#client.keys.list({ signal: this.abort.signal }), status: "ready", error: null })
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }

  async #change(call: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.update({ busy: true, notice: null })
    try {
      await call(this.abort.signal)
      await this.#load()
    } catch (error) {
      if (!isAbort(error)) this.update({ notice: error })
    }
    this.update({ busy: false })
  }
}
