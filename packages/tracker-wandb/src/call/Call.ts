/** One request of a signed-in client, with what its handlers need. */
import type { Principal } from "@wanllmdb/core"
import type { Plugin } from "@wanllmdb/server"

type Context = Parameters<Plugin["handle"]>[1]

export interface Call {
  /** What the call holds of the bytes that may be under way. */
  readonly share: Context["share"]
  readonly request: Request
  readonly engine: Context["engine"]
  readonly principal: Principal
  readonly can: Context["can"]
  /** Absolute address of the mount without a slash at the end: what upload and download links begin with. */
  readonly address: string
}
