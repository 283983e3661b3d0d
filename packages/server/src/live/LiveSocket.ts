/** The part of a WebSocket that the server uses. Browsers', Node's, Bun's and `ws` sockets all have it. */
export interface LiveSocket {
  send(data: string): void
  close(code?: number, reason?: string): void
  readonly bufferedAmount?: number
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: "close" | "error", listener: () => void): void
}
