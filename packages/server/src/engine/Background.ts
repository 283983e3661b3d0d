/**
 * What the server does by itself: finds runs that fell silent and moves settled points into chunks. Of several servers on the
 * same stores one does each job, by a lease. Everything stops with `close`.
 */
import { randomUUID } from "node:crypto"
import { hasEnded, type RunId, type RunSignal } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Engine } from "./Engine.ts"

const sweepMs = 30_000
const compactMs = 5_000
/** A run that keeps logging is compacted no more often than this; one that logs much asks the store for it earlier by itself. */
const restMs = 60_000

/** How long clients have to give a sign of life after nobody could hear them, or after the clock was set: three heartbeats. */
const settleMs = 90_000

export class Background {
  readonly #engine: Engine
  readonly #onTrouble: (error: unknown) => void
  readonly #holder = randomUUID()
  readonly #changed = new Set<RunId>()
  readonly #perhapsEnded = new Set<RunId>()
  readonly #compactedAt = new Map<RunId, number>()
  readonly #timers: ReadonlyArray<ReturnType<typeof setInterval>>
  /** Both clocks at the last sweep. Only one of them can be set. */
  #sweptAt = { wall: Date.now(), steady: performance.now() }
  /** On the steady clock. */
  #settled = performance.now() + settleMs
  #working: Promise<void> = Promise.resolve()
  #busy = false
  #closed = false

  constructor(engine: Engine, onTrouble: (error: unknown) => void) {
    this.#engine = engine
    this.#onTrouble = onTrouble
    this.#timers = [
      setInterval(() => this.#start(() => this.#sweep()), sweepMs),
      setInterval(() => this.#start(() => this.#compact()), compactMs)
    ]
    for (const timer of this.#timers) timer.unref?.()
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#working
  }

  note(signal: RunSignal) {
    if (signal.topic === "points") this.#changed.add(signal.run)
    if (signal.topic === "run") this.#perhapsEnded.add(signal.run)
  }

  /** One job at a time; a turn that finds another one under way is left out. */
  #start(job: () => Promise<void>) {
    if (this.#busy || this.#closed) return
    this.#busy = true
    this.#working = job()
      .catch(this.#onTrouble)
      .finally(() => {
        this.#busy = false
      })
  }

  async #holds(name: string, leaseMs: number): Promise<boolean> {
    const token = await Effect.runPromise(this.#engine.lease.acquire(name, this.#holder, leaseMs, Date.now()))
    return token !== null
  }

  /** Silence counts only while somebody listened: not over a restart, a machine that slept or a clock that was set. */
  #isSettled(): boolean {
    const now = { wall: Date.now(), steady: performance.now() }
    const passed = now.steady - this.#sweptAt.steady
    const jumped = Math.abs(now.wall - this.#sweptAt.wall - passed) > sweepMs / 2
    if (jumped || passed > sweepMs * 3) this.#settled = now.steady + settleMs
    this.#sweptAt = now
    return now.steady >= this.#settled
  }

  async #sweep() {
    if (!this.#isSettled()) return
    if (await this.#holds("crash-sweep", sweepMs * 2)) await Effect.runPromise(this.#engine.runs.sweepCrashed)
  }

  async #compact() {
    if (this.#changed.size === 0 && this.#perhapsEnded.size === 0) return
    for (const run of take(this.#perhapsEnded)) {
      const ended = await this.#hasEnded(run)
      if (this.#closed) return
      if (!ended) continue
      this.#changed.delete(run)
      this.#compactedAt.delete(run)
      await this.#compactRun(run, true)
    }
    const now = performance.now()
    for (const run of take(this.#changed)) {
      if (this.#closed) return
      if (now - (this.#compactedAt.get(run) ?? Number.NEGATIVE_INFINITY) < restMs) {
        this.#changed.add(run)
        continue
      }
      this.#compactedAt.set(run, now)
      await this.#compactRun(run, false)
    }
  }

  async #compactRun(run: RunId, final: boolean) {
    if (await this.#holds(`compact:${run}`, 60_000)) {
      await Effect.runPromise(this.#engine.metricStore.compact(run, { final }))
    }
  }

  #hasEnded(run: RunId): Promise<boolean> {
    return Effect.runPromise(
      Effect.match(this.#engine.runs.get(run), { onFailure: () => false, onSuccess: ({ state }) => hasEnded(state) })
    )
  }
}

const take = (runs: Set<RunId>): ReadonlyArray<RunId> => {
  const all = [...runs]
  runs.clear()
  return all
}
