/** Follows one subscription by server-sent events, over fetch because `EventSource` cannot send a header. */
import { bodyLines } from "../bodyParts.ts"
import { ProblemError } from "../ProblemError.ts"
import { segment, type Transport } from "../Transport.ts"
import { backoffMs } from "./backoff.ts"
import type { Subscription } from "./Subscription.ts"

export class EventStream {
  readonly #api: Transport
  readonly #subscription: Subscription
  readonly #abort = new AbortController()

  constructor(api: Transport, subscription: Subscription) {
    this.#api = api
    this.#subscription = subscription
    void this.#run()
  }

  close() {
    this.#abort.abort()
  }

  async #run() {
    let failures = 0
    while (!this.#abort.signal.aborted) {
      try {
        await this.#follow(() => {
          failures = 0
        })
      } catch (error) {
        // The server will not change its mind about these.
        if (error instanceof ProblemError && error.status < 500 && error.status !== 429) {
          this.#subscription.report("closed")
          return
        }
      }
      if (this.#abort.signal.aborted) return
      this.#subscription.report("stale")
      await new Promise((resolve) => setTimeout(resolve, backoffMs(failures++)))
    }
  }

  async #follow(onOpen: () => void) {
    const { cursor, keys, project, run, topics } = this.#subscription.request
    const path = run === undefined ? `/projects/${segment(project ?? "")}/events` : `/runs/${segment(run)}/events`
    const query = { topics, keys, cursor }
    const response = await this.#api.send("GET", path, { query, signal: this.#abort.signal })
    onOpen()
    for await (const lines of bodyLines(response)) {
      for (const line of lines) if (line.startsWith("data: ")) this.#subscription.receive(JSON.parse(line.slice(6)))
    }
  }
}
