/** The reference server as a value: composed from flags, listening, and closed in order. */
import { createServer } from "node:http"
import { createAppHandler } from "@wanllmdb/app"
import { attachUpgrade, createWanllmdb, keysAuth, localAuth, type Wanllmdb } from "@wanllmdb/server"
import { wandb } from "@wanllmdb/tracker-wandb"
import { Connections } from "./Connections.ts"
import { addressOf, listen } from "./listen.ts"
import { openStores } from "./openStores.ts"
import type { ServeOptions } from "./ServeOptions.ts"
import { whenOpen } from "./whenOpen.ts"

export interface RunningServer {
  readonly wan: Wanllmdb
  readonly address: string
  /** Ends live streams, lets calls that are under way finish, closes the stores. */
  close(): Promise<void>
}

/**
 * How long answers may still be on their way once the stores are closed. With the five seconds that `wan.close` gives calls
 * under way, all of it ends before those who stop containers lose patience, after ten.
 */
const lateMs = 2_000

export const startServer = async (options: ServeOptions): Promise<RunningServer> => {
  const { storage, blobs } = openStores(options)
  const app = createAppHandler()
  const wan = createWanllmdb({
    storage,
    blobs,
    auth: options.auth === "local" ? localAuth() : keysAuth(),
    secrets: options.secrets,
    trustedOrigins: options.trustedOrigins,
    basePath: options.basePath,
    plugins: [wandb(), { name: "app", handle: async (request, { basePath }) => app(request, { basePath }) }]
  })
  await whenOpen(wan, options.database ?? options.data)
  const server = createServer(wan.nodeListener)
  const connections = new Connections(server)
  const detach = attachUpgrade(server, wan)
  const port = await listen(server, options.host, options.port).catch(async (error: unknown) => {
    await wan.close()
    throw error
  })
  return {
    wan,
    address: addressOf(options.host, port, wan.basePath),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      connections.end()
      await wan.close()
      detach()
      const late = setTimeout(() => server.closeAllConnections(), lateMs)
      await closed
      clearTimeout(late)
    }
  }
}
