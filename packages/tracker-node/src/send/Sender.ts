/**
 * Sends a living run's spool in the background. It never stops the training: while the server is away it waits longer and
 * longer, and what it could not send stays in the spool for `wanllmdb sync`.
 */
import type { SpoolWriter } from "../spool/SpoolWriter.ts"
import { Backoff } from "./Backoff.ts"
import type { Courier } from "./Courier.ts"
import type { OpenedRun } from "./openRun.ts"
import { TransportError } from "./Transport.ts"

export type SenderState = "connecting" | "live" | "waiting" | "stopped"

export interface SenderOptions {
  readonly courier: Courier
  readonly writer: SpoolWriter
  readonly onOpened: (run: OpenedRun) => void
  /** Hears each kind of trouble once, and its end. */
  readonly onTrouble: (message: string) => void
}

/** While the server is away, batches are cut this seldom. */
const outageCutMs = 5000

export class Sender {
  state: SenderState = "connecting"
  lastError: string | null = null
  readonly #options: SenderOptions
  readonly #backoff = new Backoff()
  readonly #cutAfterMs: number
  #wake: (() => void) | null = null
  #woken = false
  #urgent = false
  /** The last answer was a refusal that no retry of ours will change. */
  #refused = false
  #loop: Promise<void> | null = null

  constructor(options: SenderOptions, cutAfterMs: number) {
    this.#options = options
    this.#cutAfterMs = cutAfterMs
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** Something new stands in the spool. */
  notify(): void {
    this.#woken = true
    this.#wake?.()
  }

  /** True when all that was written before is acknowledged, false when `timeoutMs` passed first. */
  async flush(timeoutMs: number): Promise<boolean> {
    this.#options.writer.cut()
    const target = this.#options.writer.cutEnd
    // Not the wall clock: set back by an hour, it would keep the training's end waiting for that hour.
    const deadline = performance.now() + timeoutMs
    this.#urgent = true
    this.#refused = false
    this.notify()
    while (this.#options.courier.delivered < target && performance.now() < deadline) {
      if (this.#refused || this.#stopped()) break
      await new Promise<void>((resolve) => setTimeout(resolve, 10))
    }
    this.#urgent = false
    return this.#options.courier.delivered >= target
  }

  async stop(): Promise<void> {
    this.state = "stopped"
    this.notify()
    await this.#loop
    await this.#options.courier.close()
  }

  async #run(): Promise<void> {
    const { courier, writer } = this.#options
    while (this.state !== "stopped") {
      try {
        if (courier.run === null) this.#options.onOpened(await courier.open())
        while (!this.#stopped() && (await courier.deliverNext(writer.cutEnd))) this.#recovered()
        this.#recovered()
        await this.#idle(60_000)
      } catch (error) {
        await this.#failed(error)
      }
    }
  }

  #recovered(): void {
    if (this.state === "waiting") this.#options.writer.cutAfterMs = this.#cutAfterMs
    if (!this.#stopped()) this.state = "live"
    this.lastError = null
    this.#refused = false
    this.#backoff.reset()
  }

  async #failed(error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error)
    this.lastError = message
    this.#options.onTrouble(message)
    if (this.#stopped()) return
    this.state = "waiting"
    this.#options.writer.cutAfterMs = outageCutMs
    const asked = error instanceof TransportError ? error.retryAfterMs : null
    const waitMs = this.#backoff.next(asked)
    // What the server refuses for good may still be put right by a person: a key, a deleted run. Ask seldom.
    const final = error instanceof TransportError && !error.retryable
    this.#refused = final
    await this.#idle(final ? Math.max(waitMs, 5000) : waitMs, asked === null)
  }

  // A wait that new data may end; during a failure only a flush may, and never sooner than the server asked.
  async #idle(ms: number, mayEnd = true): Promise<void> {
    if (this.#woken && this.state !== "waiting") {
      this.#woken = false
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#urgent && mayEnd ? Math.min(ms, 200) : ms)
      timer.unref()
      this.#wake = () => {
        if (this.state === "waiting" && !(this.#urgent && mayEnd)) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
    this.#woken = false
  }

  #stopped(): boolean {
    return this.state === "stopped"
  }
}
