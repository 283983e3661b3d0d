/** How a client reaches its server. */
export interface ClientOptions {
  /** Address of the mount, such as `https://host/ml` or, in a page, `/ml`. The API is below it. */
  readonly baseUrl: string
  /** For programs. Browsers should hold a token instead. */
  readonly apiKey?: string | undefined
  /** Gives an embed token from the host's backend. Asked again when one has run out; calls that wait share the answer. */
  readonly getToken?: (() => Promise<string>) | undefined
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default: the platform's; where there is none, live streams come by server-sent events. Null asks for that. */
  readonly WebSocket?: (new (url: string) => WebSocketLike) | null | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface WebSocketLike {
  readonly readyState: number
  send(data: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: "open" | "close" | "error", listener: () => void): void
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void
}
