/** Binds a server: to the port asked for, or to the next free one from 8080. */
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { CommandFault } from "../output/CommandFault.ts"

const firstPort = 8080
const lastPort = 8179

const tryListen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      server.off("error", reject)
      resolve()
    })
  })

/** Gives the port. */
export const listen = async (server: Server, host: string, port: number | null): Promise<number> => {
  for (let candidate = port ?? firstPort; ; candidate++) {
    try {
      await tryListen(server, host, candidate)
      return (server.address() as AddressInfo).port
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE"
      if (port === null && taken && candidate < lastPort) continue
      const reason = error instanceof Error ? error.message : String(error)
      throw new CommandFault(taken ? `port ${candidate} of ${host} is taken` : `cannot listen on ${host}: ${reason}`)
    }
  }
}

export const addressOf = (host: string, port: number, basePath: string): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}${basePath}`
