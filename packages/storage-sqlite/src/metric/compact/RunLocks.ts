/**
 * Whoever rewrites a run's chunks does it alone: one task a run in this process by this list, one process by the lease in the
 * run's row. A lease that a killed process left runs out.
 */
import { randomUUID } from "node:crypto"
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"

const leaseMs = 30_000

export class RunLocks {
  readonly #owner = randomUUID()
  readonly #held = new Set<string>()

  isHeld(run: string): boolean {
    return this.#held.has(run)
  }

  /** Waits for the other task of this process and runs `body` alone. */
  *alone<A>(run: string, body: () => Generator<TaskStep, A, void>): Generator<TaskStep, A, void> {
    while (this.#held.has(run)) yield "waiting"
    this.#held.add(run)
    try {
      return yield* body()
    } finally {
      this.#held.delete(run)
    }
  }

  /** Takes or extends the lease on the run's row. False while another process has it. */
  lease({ prepare, repeatable }: WriterContext, row: number): boolean {
    const now = Date.now()
    const taken = repeatable(() =>
      prepare(
        `update metric_run set lease_owner = ?, lease_until = ?
         where id = ? and (lease_owner is null or lease_owner = ? or lease_until < ?)`
      ).run(this.#owner, now + leaseMs, row, this.#owner, now)
    )
    return taken.changes > 0
  }

  release({ prepare, repeatable }: WriterContext, row: number): void {
    repeatable(() =>
      prepare("update metric_run set lease_owner = null, lease_until = 0 where id = ? and lease_owner = ?").run(
        row,
        this.#owner
      )
    )
  }
}
