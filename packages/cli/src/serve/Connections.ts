/**
 * Ends a server's connections once their answers have left. `closeIdleConnections` of `node:http` also cuts those whose
 * answer is written but not yet sent, so a download would lose its end.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"

export class Connections {
  /** Answers that each connection owes. */
  readonly #owed = new Map<Socket, number>()
  #ending = false

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#owed.set(socket, 0)
      socket.once("close", () => this.#owed.delete(socket))
    })
    server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#count(socket, 1)
      response.once("close", () => this.#count(socket, -1))
    })
    // A socket that became a WebSocket is ended by whoever took it over.
    server.on("upgrade", ({ socket }: IncomingMessage) => this.#owed.delete(socket))
  }

  /** Ends connections that owe nothing now, and the others when they have answered. */
  end(): void {
    this.#ending = true
    for (const [socket, owed] of this.#owed) if (owed === 0) socket.end()
  }

  #count(socket: Socket, change: number): void {
    const owed = (this.#owed.get(socket) ?? 0) + change
    if (!socket.destroyed) this.#owed.set(socket, owed)
    if (this.#ending && owed === 0) socket.end()
  }
}
