/** What every `Lease` promises. */
import assert from "node:assert/strict"
import { Effect } from "effect"
import { Lease } from "../../lease/Lease.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

export const leaseContract: ReadonlyArray<ContractCase<Lease>> = [
  {
    name: "one holder at a time, until it ends or lets go",
    run: Effect.gen(function* () {
      const lease = yield* Lease
      const name = yield* newIdentifier
      assert.equal(yield* lease.acquire(name, "a", 100, 1_000), 1)
      assert.equal(yield* lease.acquire(name, "b", 100, 1_050), null)
      assert.equal(yield* lease.acquire(name, "b", 100, 1_100), 2)
      assert.equal(yield* lease.acquire(name, "a", 100, 1_150), null)
      yield* lease.release(name, "a")
      assert.equal(yield* lease.acquire(name, "a", 100, 1_150), null)
      yield* lease.release(name, "b")
      assert.equal(yield* lease.acquire(name, "a", 100, 1_150), 3)
    })
  },
  {
    name: "extending keeps the token and moves the end",
    run: Effect.gen(function* () {
      const lease = yield* Lease
      const name = yield* newIdentifier
      assert.equal(yield* lease.acquire(name, "a", 100, 1_000), 1)
      assert.equal(yield* lease.acquire(name, "a", 100, 1_090), 1)
      assert.equal(yield* lease.acquire(name, "b", 100, 1_150), null)
    })
  },
  {
    name: "one that was taken before the clock was set back is free, and one of a clock that is a little ahead is not",
    run: Effect.gen(function* () {
      const lease = yield* Lease
      const name = yield* newIdentifier
      const hour = 3_600_000
      assert.equal(yield* lease.acquire(name, "a", 60_000, 10 * hour), 1)
      assert.equal(yield* lease.acquire(name, "b", 60_000, 10 * hour - 5 * 60_000), null)
      assert.equal(yield* lease.acquire(name, "b", 60_000, 9 * hour), 2)
    })
  },
  {
    name: "of many that ask at once one gets it",
    run: Effect.gen(function* () {
      const lease = yield* Lease
      const name = yield* newIdentifier
      const asked = Array.from({ length: 8 }, (_, i) => lease.acquire(name, `h${i}`, 100, 1_000))
      const answers = yield* Effect.all(asked, { concurrency: "unbounded" })
      assert.equal(answers.filter((token) => token !== null).length, 1)
    })
  }
]
