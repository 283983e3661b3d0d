/** The engine that takes the W&B client's protocol into SQLite, and the sink beside it, each in a process of its own. */
import { type ChildProcess, fork } from "node:child_process"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { createWanllmdb, type Wanllmdb } from "@wanllmdb/server"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { wandb } from "@wanllmdb/tracker-wandb"
import { startParsingSink } from "../baseline/parsingSink.ts"

export type ServerKind = "wanllmdb" | "sink"

const roleVariable = "WANLLMDB_BENCH_SERVER"

export const openWanllmdb = (folder: string): Wanllmdb =>
  createWanllmdb({
    storage: sqlite({ file: join(folder, "wanllmdb.db") }),
    blobs: fs({ dir: join(folder, "blobs") }),
    plugins: [wandb()]
  })

const startWanllmdb = async (folder: string): Promise<number> => {
  const wan = openWanllmdb(folder)
  await wan.ready
  const server = createServer(wan.nodeListener)
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)))
}

/** True in a process that `startServer` forked: it serves and the bench must not run. */
export const isServerProcess = process.env[roleVariable] !== undefined

export const serve = async (): Promise<void> => {
  const [kind, folder] = JSON.parse(process.env[roleVariable] ?? "[]") as [ServerKind, string]
  process.send?.(kind === "sink" ? await startParsingSink() : await startWanllmdb(folder))
}

export interface RunningServer {
  readonly url: string
  readonly child: ChildProcess
}

export const startServer = (kind: ServerKind, folder: string): Promise<RunningServer> => {
  const child = fork(process.argv[1]!, { env: { ...process.env, [roleVariable]: JSON.stringify([kind, folder]) } })
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve({ url: `http://127.0.0.1:${port}`, child }))
    child.once("error", reject)
  })
}
