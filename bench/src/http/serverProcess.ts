/** Servers in processes of their own, so that a bench's load and the server share nothing but the machine. */
import { type ChildProcess, fork } from "node:child_process"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { attachUpgrade, createWanllmdb } from "@wanllmdb/server"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { startJsonRowServer } from "../baseline/jsonRowServer.ts"

export type ServerKind = "wanllmdb" | "rows"

export interface ServerFigures {
  /** Milliseconds. */
  readonly loopDelayP99: number
  readonly rssMiB: number
  readonly cpuSeconds: number
}

const roleVariable = "WANLLMDB_BENCH_SERVER"

const startWanllmdb = async (folder: string): Promise<number> => {
  const wan = createWanllmdb({
    storage: sqlite({ file: join(folder, "wanllmdb.db") }),
    blobs: fs({ dir: join(folder, "blobs") })
  })
  await wan.ready
  const server = createServer(wan.nodeListener)
  attachUpgrade(server, wan)
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)))
}

/** True in a process that `startServer` forked: it serves and the bench must not run. */
export const isServerProcess = process.env[roleVariable] !== undefined

export const serve = async (): Promise<void> => {
  const [kind, folder] = JSON.parse(process.env[roleVariable] ?? "[]") as [ServerKind, string]
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const port = kind === "rows" ? await startJsonRowServer(folder) : await startWanllmdb(folder)
  delay.enable()
  let cpu = process.cpuUsage()
  process.on("message", (message) => {
    if (message === "reset") {
      delay.reset()
      cpu = process.cpuUsage()
      process.send?.("reset")
      return
    }
    const used = process.cpuUsage(cpu)
    process.send?.({
      // The timer itself waits one millisecond.
      loopDelayP99: Math.max(0, delay.percentile(99) / 1e6 - 1),
      rssMiB: process.memoryUsage.rss() / 1024 / 1024,
      cpuSeconds: (used.user + used.system) / 1e6
    })
  })
  process.on("disconnect", () => process.exit(0))
  process.send?.(port)
}

export class ServerProcess {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(port: number, child: ChildProcess) {
    this.port = port
    this.#child = child
  }

  static async start(kind: ServerKind, folder: string): Promise<ServerProcess> {
    const child = fork(process.argv[1]!, [], {
      env: { ...process.env, [roleVariable]: JSON.stringify([kind, folder]) }
    })
    const port = await new Promise<number>((resolve, reject) => {
      child.once("message", (message) => resolve(Number(message)))
      child.once("exit", (code) => reject(new Error(`The server ended with ${code}`)))
    })
    return new ServerProcess(port, child)
  }

  get target() {
    return { host: "127.0.0.1", port: this.port }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Figures since the last `reset`. */
  figures(): Promise<ServerFigures> {
    return this.#ask("figures")
  }

  reset(): Promise<unknown> {
    return this.#ask("reset")
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve))
    this.#child.disconnect()
    await ended
  }

  #ask<A>(message: string): Promise<A> {
    return new Promise((resolve) => {
      this.#child.once("message", (answer) => resolve(answer as A))
      this.#child.send(message)
    })
  }
}
