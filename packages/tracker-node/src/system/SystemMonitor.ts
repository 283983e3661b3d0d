/** Samples machine and process every few seconds and hands the values on. One slow sample is never joined by the next. */
import { GpuProbe } from "./gpu/GpuProbe.ts"
import { readMachine } from "./readMachine.ts"
import { type Reading, systemValues } from "./sampleSystem.ts"

export interface SystemMonitorOptions {
  readonly intervalMs: number
  /** Whether this process speaks for the machine; the others of the same run report only themselves. */
  readonly machine: boolean
  readonly label: string
  readonly onValues: (values: Record<string, number>, atMs: number) => void
}

export class SystemMonitor {
  readonly #options: SystemMonitorOptions
  readonly #gpus = new GpuProbe()
  #before: Reading | null = null
  #timer: NodeJS.Timeout | undefined
  #busy = false
  #stopped = false

  constructor(options: SystemMonitorOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.sample(), this.#options.intervalMs)
    this.#timer.unref()
    void this.sample()
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  async sample(): Promise<void> {
    if (this.#busy || this.#stopped) return
    this.#busy = true
    try {
      const machine = this.#options.machine ? await readMachine(this.#gpus) : null
      const { user, system } = process.cpuUsage()
      const now: Reading = {
        atMs: performance.now(),
        machine,
        process: { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
      }
      if (!this.#stopped) this.#options.onValues(systemValues(now, this.#before, this.#options.label), Date.now())
      this.#before = now
    } catch {
      // A machine that cannot be read must not disturb the training; the next sample may work.
    } finally {
      this.#busy = false
    }
  }
}
