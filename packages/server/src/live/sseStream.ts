/** One subscription as server-sent events. The same bodies as on the socket; the cursor is the event's id. */
import type { Identity } from "../auth/Auth.ts"
import type { LiveHub } from "./LiveHub.ts"
import type { LiveQuery } from "./LiveQuery.ts"
import { type Outlet, Watcher } from "./Watcher.ts"

const encoder = new TextEncoder()

type Result = IteratorResult<Uint8Array>
const finished: Result = { done: true, value: undefined }

class EventQueue implements Outlet, AsyncIterator<Uint8Array> {
  readonly #waiting: Array<Uint8Array> = []
  readonly #onReturn: () => void
  #bytes = 0
  #ended = false
  #wake: ((result: Result) => void) | null = null

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn
  }

  send(type: string, cursor: string, body: string) {
    if (this.#ended) return
    const text = `id: ${cursor}\ndata: {"v":1,"type":"${type}","cursor":"${cursor}"${body}}\n\n`
    const bytes = encoder.encode(text)
    const wake = this.#wake
    if (wake !== null) {
      this.#wake = null
      wake({ done: false, value: bytes })
      return
    }
    this.#waiting.push(bytes)
    this.#bytes += bytes.length
  }

  backlogBytes(): number {
    return this.#bytes
  }

  end() {
    this.#ended = true
    this.#wake?.(finished)
    this.#wake = null
  }

  next(): Promise<Result> {
    const bytes = this.#waiting.shift()
    if (bytes !== undefined) {
      this.#bytes -= bytes.length
      return Promise.resolve({ done: false, value: bytes })
    }
    if (this.#ended) return Promise.resolve(finished)
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  return(): Promise<Result> {
    this.#onReturn()
    this.end()
    return Promise.resolve(finished)
  }
}

/** Starts with the first read; ends with the client, the sign-in or the hub. */
export const sseStream = (hub: LiveHub, identity: Identity, query: LiveQuery): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    let left = false
    const queue: EventQueue = new EventQueue(() => {
      left = true
      hub.leave(watcher)
    })
    const watcher = new Watcher(query, identity, queue)
    hub.join(watcher).then(
      () => left && hub.leave(watcher),
      () => queue.end()
    )
    return queue
  }
})
