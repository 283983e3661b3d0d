/** A listening server over memory stores, with WebSockets, for tests of live streams and of the client. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { attachUpgrade, createWanllmdb, type Wanllmdb, type WanllmdbOptions } from "../src/index.ts"
import { memoryStorage } from "./memoryStorage.ts"

export interface LiveServer {
  readonly wan: Wanllmdb
  readonly url: string
  readonly close: () => Promise<void>
}

export const liveServer = async (options: Partial<WanllmdbOptions> = {}): Promise<LiveServer> => {
  const wan = createWanllmdb({ ...memoryStorage(), ...options })
  const server = createServer(wan.nodeListener)
  const detach = attachUpgrade(server, wan)
  await wan.ready
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${wan.basePath}`
  return {
    wan,
    url,
    close: async () => {
      detach()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await wan.close()
      await closed
    }
  }
}
