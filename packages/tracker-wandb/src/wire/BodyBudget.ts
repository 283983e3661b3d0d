/**
 * Bytes of bodies that are held at once, over all calls of the plugin: what came in, and what gzip may inflate to. Past the
 * budget a client is told to come again, which its queue does, so that no number of clients can fill the memory.
 */
import { ClientFault } from "./ClientFault.ts"

/** What one call holds. */
export interface BodyShare {
  /** Makes the share at least so large; throws the `ClientFault` 503 where that is too much. */
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
        if (this.#bytes + bytes - held > this.#mostBytes) {
          throw new ClientFault(503, "Too many bodies are under way; try again", 2)
        }
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
