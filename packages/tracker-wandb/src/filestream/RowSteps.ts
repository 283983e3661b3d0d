/**
 * Steps for rows that tell none: writers in shared mode number their rows each for itself, and the server puts them in one order.
 * Two servers that fill one run may give a step twice; both rows are kept all the same.
 */
import type { RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"

const mostRuns = 10_000

export class RowSteps {
  readonly #next = new Map<RunId, number>()

  /** Gives the function that gives the next step of the run. */
  readonly of = (engine: Call["engine"], run: RunId) =>
    Effect.map(
      this.#next.has(run) ? Effect.succeed([]) : engine.metricStore.summaries({ run, keys: ["_runtime"] }),
      ([rows]) => {
        if (!this.#next.has(run)) {
          if (this.#next.size >= mostRuns) this.#next.clear()
          this.#next.set(run, rows === undefined || rows.count === 0 ? 0 : Math.floor(rows.lastStep) + 1)
        }
        return () => {
          const step = this.#next.get(run) ?? 0
          this.#next.set(run, step + 1)
          return step
        }
      }
    )
}
