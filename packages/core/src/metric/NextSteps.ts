/**
 * The step that a row without one gets: one more than the greatest step of its run. Remembered for runs that log that way, and read
 * again when someone else appended in between.
 */
import { Effect } from "effect"
import type { RunId } from "../run/Run.ts"
import type { StoreError } from "../store/StoreError.ts"
import { isObject } from "./json/jsonValue.ts"
import type { MetricStore } from "./MetricStore.ts"

const remembered = 10_000

interface Known {
  next: number
  /** The run's sequence at which `next` held. */
  sequence: number
}

export class NextSteps {
  readonly #store: MetricStore["Service"]
  readonly #known = new Map<RunId, Known>()

  constructor(store: MetricStore["Service"]) {
    this.#store = store
  }

  /** What the next row of the run gets. */
  of(run: RunId): Effect.Effect<number, StoreError> {
    return Effect.flatMap(this.#store.head(run), (head) => {
      const known = this.#known.get(run)
      if (known !== undefined && known.sequence === head) return Effect.succeed(known.next)
      return Effect.map(this.#store.summaries({ run }), (summaries) => {
        // Another batch may have taken steps while this one waited.
        let next = this.#known.get(run)?.next ?? 0
        for (const { lastStep } of summaries) next = Math.max(next, Math.floor(lastStep) + 1)
        this.#remember(run, { next, sequence: head })
        return next
      })
    })
  }

  /** Takes the steps below `next` before the batch that has them is stored, so that a batch beside it takes others. */
  taken(run: RunId, next: number): void {
    const known = this.#known.get(run)
    if (known !== undefined) known.next = Math.max(known.next, next)
  }

  /** The batch is stored. */
  stored(run: RunId, sequence: number): void {
    const known = this.#known.get(run)
    if (known !== undefined && known.sequence === sequence - 1) known.sequence = sequence
  }

  #remember(run: RunId, known: Known): void {
    this.#known.delete(run)
    this.#known.set(run, known)
    if (this.#known.size > remembered) {
      const [oldest] = this.#known.keys()
      if (oldest !== undefined) this.#known.delete(oldest)
    }
  }
}

/** Whether a JSON body has rows that leave their step to the server. */
export const lacksSteps = (body: unknown): boolean => {
  if (!isObject(body)) return false
  if (Array.isArray(body.rows)) return body.rows.some((row) => isObject(row) && row.step === undefined)
  return isObject(body.columns) && body.columns.step === undefined
}
