/** One thing that is followed, and how far: whatever carries it goes on from its cursor. */
import type { LiveMessage, LiveQuery, LiveStatus } from "../WanllmdbClient.ts"

export class Subscription {
  readonly id: string
  readonly query: LiveQuery
  cursor: string | undefined
  readonly #onMessage: (message: LiveMessage) => void
  readonly #onStatus: ((status: LiveStatus) => void) | undefined
  #status: LiveStatus | null = null

  constructor(
    id: string,
    query: LiveQuery,
    onMessage: (message: LiveMessage) => void,
    onStatus: ((status: LiveStatus) => void) | undefined
  ) {
    this.id = id
    this.query = query
    this.cursor = query.cursor
    this.#onMessage = onMessage
    this.#onStatus = onStatus
    this.report("connecting")
  }

  report(status: LiveStatus) {
    if (this.#status === status || this.#status === "closed") return
    this.#status = status
    this.#onStatus?.(status)
  }

  /** Messages after `closed` are dropped: they were on their way. */
  receive(message: LiveMessage) {
    if (this.#status === "closed") return
    this.cursor = message.cursor
    this.report("live")
    this.#onMessage(message)
  }

  /** What asks a server for it. */
  get request() {
    const { keys, project, run, topics } = this.query
    return { id: this.id, run, project, topics, keys, cursor: this.cursor }
  }
}
