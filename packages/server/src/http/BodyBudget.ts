/**
 * Bytes of bodies that are held at once, over all calls: what was announced, what came beyond it in chunks, and what gzip inflated
 * to. Past the budget a call is told to come again, so that no number of clients can fill the memory.
 */
import { overloaded } from "./HttpFault.ts"

/** What one call holds. */
export interface BodyShare {
  /** Makes the share at least so large; throws the `HttpFault` 503 where that is too much. */
  readonly atLeast: (bytes: number) => void
  readonly release: () => void
}

export class BodyBudget {
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  share(): BodyShare {
    let held = 0
    return {
      atLeast: (bytes) => {
        if (bytes <= held) return
        if (this.#bytes + bytes - held > this.#mostBytes) throw overloaded("Too many bodies are under way; try again")
        this.#bytes += bytes - held
        held = bytes
      },
      release: () => {
        this.#bytes -= held
        held = 0
      }
    }
  }
}
