/**
 * The live connection of a client: one socket for all subscriptions, opened with the first and closed after the last. It comes
 * back by itself and asks for what each subscription has not seen. Where sockets do not work, events carry each one.
 */
import type { ClientOptions, WebSocketLike } from "../ClientOptions.ts"
import type { Transport } from "../Transport.ts"
import type { LiveMessage, LiveQuery, LiveStatus, LiveSubscription } from "../WanllmdbClient.ts"
import { backoffMs } from "./backoff.ts"
import { EventStream } from "./EventStream.ts"
import { Subscription } from "./Subscription.ts"

/** The server pings every 15 s. */
const silenceMs = 40_000
/** Sockets that never opened, before events are tried. */
const mostFailures = 2

type Incoming = (LiveMessage | { readonly type: "error" }) & { readonly id?: string }

export class LiveChannel {
  readonly #api: Transport
  readonly #makeSocket: (new (url: string) => WebSocketLike) | null
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #streams = new Map<string, EventStream>()
  #socket: WebSocketLike | null = null
  #isOpen = false
  #connecting = false
  #failures = 0
  #everOpened = false
  #nextId = 1
  #retry: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(api: Transport, options: ClientOptions) {
    this.#api = api
    this.#makeSocket = options.WebSocket === undefined ? (globalThis.WebSocket ?? null) : options.WebSocket
  }

  subscribe(
    query: LiveQuery,
    onMessage: (message: LiveMessage) => void,
    onStatus?: (status: LiveStatus) => void
  ): LiveSubscription {
    const subscription = new Subscription(String(this.#nextId++), query, onMessage, onStatus)
    this.#subscriptions.set(subscription.id, subscription)
    if (this.#usesEvents) this.#stream(subscription)
    else if (this.#isOpen) this.#ask(subscription)
    else void this.#connect()
    return { close: () => this.#drop(subscription) }
  }

  close() {
    for (const subscription of [...this.#subscriptions.values()]) this.#drop(subscription)
  }

  get #usesEvents(): boolean {
    return this.#makeSocket === null || (!this.#everOpened && this.#failures > mostFailures)
  }

  #stream(subscription: Subscription) {
    this.#streams.set(subscription.id, new EventStream(this.#api, subscription))
  }

  #ask({ request }: Subscription) {
    this.#socket?.send(JSON.stringify({ v: 1, subscribe: request }))
  }

  #drop(subscription: Subscription) {
    subscription.report("closed")
    if (!this.#subscriptions.delete(subscription.id)) return
    this.#streams.get(subscription.id)?.close()
    this.#streams.delete(subscription.id)
    if (this.#isOpen) this.#socket?.send(JSON.stringify({ v: 1, unsubscribe: { id: subscription.id } }))
    if (this.#subscriptions.size === 0) this.#hangUp()
  }

  #hangUp() {
    clearTimeout(this.#retry)
    clearTimeout(this.#silence)
    this.#retry = undefined
    const socket = this.#socket
    this.#socket = null
    this.#isOpen = false
    socket?.close(1000)
  }

  async #connect() {
    if (this.#connecting || this.#socket !== null || this.#retry !== undefined || this.#makeSocket === null) return
    this.#connecting = true
    try {
      const url = this.#api.socketUrl("/live")
      const ticket = this.#api.hasCredential ? await this.#ticket() : null
      if (this.#subscriptions.size > 0) this.#open(ticket === null ? url : `${url}?ticket=${ticket}`)
    } catch {
      this.#later()
    } finally {
      this.#connecting = false
    }
  }

  async #ticket(): Promise<string> {
    const { ticket } = await this.#api.json<{ readonly ticket: string }>("POST", "/live/tickets")
    return ticket
  }

  #open(url: string) {
    const Socket = this.#makeSocket
    if (Socket === null) return
    const socket = new Socket(url)
    this.#socket = socket
    // Events of a socket that was given up say nothing about the present one.
    const present = (listener: () => void) => () => {
      if (this.#socket === socket) listener()
    }
    const opened = () => {
      this.#isOpen = true
      this.#everOpened = true
      this.#failures = 0
      for (const subscription of this.#subscriptions.values()) this.#ask(subscription)
      this.#watchSilence()
    }
    const lost = () => {
      this.#socket = null
      this.#isOpen = false
      this.#later()
    }
    socket.addEventListener("open", present(opened))
    socket.addEventListener("close", present(lost))
    socket.addEventListener("error", present(lost))
    socket.addEventListener("message", ({ data }) => {
      if (this.#socket === socket && typeof data === "string") this.#receive(JSON.parse(data))
    })
  }

  #receive(message: Incoming) {
    this.#watchSilence()
    const subscription = this.#subscriptions.get(message.id ?? "")
    if (subscription === undefined) return
    if (message.type === "error") this.#drop(subscription)
    else subscription.receive(message)
  }

  #watchSilence() {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      const socket = this.#socket
      this.#socket = null
      this.#isOpen = false
      socket?.close()
      this.#later()
    }, silenceMs)
  }

  #later() {
    clearTimeout(this.#silence)
    if (this.#subscriptions.size === 0) return
    for (const subscription of this.#subscriptions.values()) subscription.report("stale")
    this.#failures++
    if (this.#usesEvents) {
      for (const subscription of this.#subscriptions.values()) this.#stream(subscription)
      return
    }
    this.#retry ??= setTimeout(
      () => {
        this.#retry = undefined
        void this.#connect()
      },
      backoffMs(this.#failures - 1)
    )
  }
}
