/** The reference server: the API on SQLite and a folder, the web app beside it, for this machine's own user. */
import { mkdirSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { createAppHandler } from "@wanllmdb/app"
import { attachUpgrade, createWanllmdb } from "@wanllmdb/server"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"

const data = process.env.WANLLMDB_DATA ?? "wanllmdb-data"
mkdirSync(data, { recursive: true, mode: 0o700 })

const app = createAppHandler()
const wan = createWanllmdb({
  storage: sqlite({ file: join(data, "wanllmdb.db") }),
  blobs: fs({ dir: join(data, "blobs") }),
  plugins: [{ name: "app", handle: async (request) => app(request) }]
})
await wan.ready

const server = createServer(wan.nodeListener)
attachUpgrade(server, wan)
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  console.log(`wanLLMDB ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

process.once("SIGTERM", async () => {
  server.close()
  await wan.close()
  server.closeAllConnections()
})
