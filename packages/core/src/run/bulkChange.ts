/** One change for many runs. A run that cannot take it is named in the answer and stops no other. */
import { Effect } from "effect"
import type { ProjectId } from "../project/Project.ts"
import { StoreError } from "../store/StoreError.ts"
import type { BulkChange } from "./Runs.ts"

type Change<A extends ReadonlyArray<unknown>> = (
  ref: string,
  ...args: A
) => Effect.Effect<unknown, { readonly message: string } | StoreError>

export const makeBulkChange = (one: {
  readonly delete: Change<[]>
  readonly restore: Change<[]>
  readonly addTags: Change<[ReadonlyArray<string>]>
  readonly removeTag: Change<[string]>
  readonly setGroup: Change<[string | null]>
  readonly move: Change<[ProjectId]>
}) => {
  const apply = (change: BulkChange, run: string) => {
    switch (change.op) {
      case "delete":
        return one.delete(run)
      case "restore":
        return one.restore(run)
      case "addTags":
        return one.addTags(run, change.tags)
      case "removeTags":
        return Effect.forEach(change.tags, (tag) => one.removeTag(run, tag), { discard: true })
      case "group":
        return one.setGroup(run, change.group)
      case "move":
        return one.move(run, change.project)
    }
  }

  return Effect.fn("Runs.bulk")(function* (change: BulkChange) {
    const failed: Array<{ readonly run: string; readonly message: string }> = []
    let changed = 0
    for (const run of new Set(change.runs)) {
      yield* Effect.matchEffect(apply(change, run), {
        onSuccess: () => Effect.sync(() => changed++),
        onFailure: (error) =>
          error instanceof StoreError
            ? Effect.fail(error)
            : Effect.sync(() => failed.push({ run, message: error.message }))
      })
    }
    return { changed, failed }
  })
}
