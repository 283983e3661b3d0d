/** A sign of life every half minute, whose answer tells whether someone asked the run to stop. */
import { isObject, type Transport } from "../send/Transport.ts"

export const heartbeatEveryMs = 30_000

export class Heartbeat {
  readonly #transport: Transport
  readonly #onStop: () => void
  #timer: NodeJS.Timeout | undefined
  #run: string | null = null

  constructor(transport: Transport, onStop: () => void) {
    this.#transport = transport
    this.#onStop = onStop
  }

  start(run: string, everyMs = heartbeatEveryMs): void {
    this.#run = run
    clearInterval(this.#timer)
    this.#timer = setInterval(() => void this.beat(), everyMs)
    this.#timer.unref()
    void this.beat()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#run = null
  }

  async beat(): Promise<void> {
    const run = this.#run
    if (run === null) return
    try {
      const answer = await this.#transport.call("POST", `/runs/${run}/heartbeat`, { timeoutMs: 10_000 })
      if (isObject(answer) && answer.stopRequested === true && this.#run === run) this.#onStop()
    } catch {
      // The sender sees the same outage and reports it.
    }
  }
}
