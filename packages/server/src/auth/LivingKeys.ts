/**
 * Which API keys still hold. Sessions and live connections that began with a key outlast the request that showed it; this is
 * how revoking or running out ends them too, within seconds.
 */
import type { ApiKey, Principal } from "@wanllmdb/core"

const keepMs = 5000
const prefix = "key:"

export class LivingKeys {
  readonly #list: () => Promise<ReadonlyArray<ApiKey>>
  readonly #now: () => number
  #known: Promise<ReadonlyMap<string, number | null>> | null = null
  #until = 0

  constructor(list: () => Promise<ReadonlyArray<ApiKey>>, now: () => number) {
    this.#list = list
    this.#now = now
  }

  /** True for principals that no key stands behind. */
  async holds({ id }: Pick<Principal, "id">): Promise<boolean> {
    if (!id.startsWith(prefix)) return true
    const key = id.slice(prefix.length)
    let present = await this.#present()
    if (!present.has(key)) {
      // Perhaps it is younger than what is remembered.
      this.#until = 0
      present = await this.#present()
    }
    const expiresAt = present.get(key)
    return expiresAt !== undefined && (expiresAt === null || expiresAt > this.#now())
  }

  #present(): Promise<ReadonlyMap<string, number | null>> {
    const now = this.#now()
    if (this.#known === null || this.#until <= now) {
      this.#until = now + keepMs
      this.#known = this.#list().then((keys) => new Map(keys.map(({ expiresAt, id }) => [id, expiresAt])))
      this.#known.catch(() => {
        this.#known = null
      })
    }
    return this.#known
  }
}
