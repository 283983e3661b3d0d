/** Long work in steps of some milliseconds, between which everything else that waits in the event loop gets its turn. */
const sliceMs = 8

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

export class Turns {
  #since = performance.now()

  /** Undefined while the step may go on. Await it else: reading the clock is cheap, a promise is not. */
  next(): Promise<void> | undefined {
    return performance.now() - this.#since < sliceMs ? undefined : this.pass()
  }

  async pass(): Promise<void> {
    await pause()
    this.#since = performance.now()
  }
}
