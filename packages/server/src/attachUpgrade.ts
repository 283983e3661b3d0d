/** WebSockets for `node:http`: answers upgrades of `/api/v1/live` below the mount and leaves all others to the host. */
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import type { Wanllmdb } from "./Wanllmdb.ts"

export interface AttachOptions {
  /** Prefix of the mount, as given to `createWanllmdb` or to the host's router. */
  readonly basePath?: string | undefined
}

const mostMessageBytes = 256 * 1024

const refuse = (socket: Duplex, status: number, detail: string) => {
  const body = JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

/** Gives a function that detaches again. */
export const attachUpgrade = (server: Server, wan: Wanllmdb, options: AttachOptions = {}): (() => void) => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false })
  const prefix = (options.basePath ?? wan.basePath).replace(/\/+$/, "")
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if ((request.url ?? "").split("?", 1)[0] !== `${prefix}/api/v1/live`) return
    // Between upgrade and socket nobody else listens, and an unheard error would end the process.
    socket.on("error", () => socket.destroy())
    wan.admit(request).then(
      (admission) => {
        if (!admission.admitted) refuse(socket, admission.status, admission.detail)
        else sockets.handleUpgrade(request, socket, head, (accepted) => admission.connect(accepted))
      },
      () => refuse(socket, 503, "The stores could not be opened")
    )
  }
  server.on("upgrade", onUpgrade)
  return () => {
    server.off("upgrade", onUpgrade)
    sockets.close()
  }
}
