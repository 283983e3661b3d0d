/** What every `Transactor` promises, shown with runs. */
import assert from "node:assert/strict"
import { Effect, Exit, Fiber } from "effect"
import type { ProjectStore } from "../../project/ProjectStore.ts"
import { RunStore } from "../../run/RunStore.ts"
import { Transactor } from "../../store/Transactor.ts"
import type { ContractCase } from "../ContractCase.ts"
import { freshProject } from "../project/freshProject.ts"
import { freshRun } from "./freshRun.ts"

const countOf = (project: { readonly id: Parameters<RunStore["Service"]["active"]>[0] }) =>
  Effect.gen(function* () {
    return (yield* (yield* RunStore).active(project.id, 0)).length
  })

export const transactorContract: ReadonlyArray<ContractCase<Transactor | RunStore | ProjectStore>> = [
  {
    name: "keeps everything of a transaction that succeeds",
    run: Effect.gen(function* () {
      const { transaction } = yield* Transactor
      const project = yield* freshProject()
      yield* transaction(Effect.all([freshRun(project), freshRun(project)]))
      assert.equal(yield* countOf(project), 2)
    })
  },
  {
    name: "keeps nothing of one that fails, dies or is interrupted",
    run: Effect.gen(function* () {
      const { transaction } = yield* Transactor
      const project = yield* freshProject()
      const ends = [Effect.fail("no"), Effect.die("bug"), Effect.interrupt]
      for (const end of ends) {
        const exit = yield* Effect.exit(transaction(Effect.andThen(freshRun(project), end)))
        assert.ok(Exit.isFailure(exit))
      }
      const hanging = yield* Effect.forkChild(transaction(Effect.andThen(freshRun(project), Effect.never)))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(hanging)
      assert.equal(yield* countOf(project), 0)
    })
  },
  {
    name: "a nested transaction joins: the outer failure takes the inner work back",
    run: Effect.gen(function* () {
      const { transaction } = yield* Transactor
      const project = yield* freshProject()
      yield* Effect.exit(transaction(Effect.andThen(transaction(freshRun(project)), Effect.fail("no"))))
      assert.equal(yield* countOf(project), 0)
      yield* transaction(transaction(freshRun(project)))
      assert.equal(yield* countOf(project), 1)
    })
  },
  {
    name: "sees its own writes",
    run: Effect.gen(function* () {
      const { transaction } = yield* Transactor
      const project = yield* freshProject()
      const seen = yield* transaction(Effect.andThen(freshRun(project), countOf(project)))
      assert.equal(seen, 1)
    })
  },
  {
    name: "sixteen at once all commit",
    run: Effect.gen(function* () {
      const { transaction } = yield* Transactor
      const project = yield* freshProject()
      const one = transaction(Effect.andThen(freshRun(project), Effect.yieldNow))
      yield* Effect.all(
        Array.from({ length: 16 }, () => one),
        { concurrency: "unbounded" }
      )
      assert.equal(yield* countOf(project), 16)
    })
  }
]
