/** The real server over memory stores, on a port of its own, with what tests ask about a run. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { LogLine } from "@wanllmdb/core"
import { createWanllmdb, type Wanllmdb } from "@wanllmdb/server"
import { memoryStorage } from "../../server/test/memoryStorage.ts"

export interface Points {
  readonly steps: number[]
  readonly values: unknown[]
}

export interface RealServer {
  readonly wan: Wanllmdb
  readonly url: string
  /** Every kept point of a key, repeats too. */
  points(run: string, key: string): Promise<Points>
  lines(run: string): Promise<ReadonlyArray<LogLine>>
  close(): Promise<void>
}

export const startRealServer = async (): Promise<RealServer> => {
  const wan = createWanllmdb(memoryStorage())
  await wan.ready
  const server = createServer(wan.nodeListener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    wan,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    points: async (ref, key) => {
      const { id } = await wan.runs.get(ref)
      const found: { steps: number[]; values: unknown[] } = { steps: [], values: [] }
      for await (const batch of wan.metrics.points({ run: id, key, repeats: "all" })) {
        found.steps.push(...batch.steps)
        found.values.push(...batch.values)
      }
      return found
    },
    lines: async (ref) => (await wan.logs.read(ref)).lines,
    close: async () => {
      await wan.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
