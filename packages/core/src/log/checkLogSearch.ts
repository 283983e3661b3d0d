/** Refuses a search that cannot run before a store sees it. */
import { Effect } from "effect"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"
import type { LogSearch } from "./LogStore.ts"

const maxPattern = 1_000

export const checkLogSearch = (search: LogSearch | undefined): Effect.Effect<void, InvalidInput> =>
  Effect.suspend(() => {
    if (search?.text !== undefined && search.text.length > maxPattern) {
      return Effect.fail(invalidInput("search", `at most ${maxPattern} characters`, `${search.text.length}`))
    }
    if (search?.regex === undefined) return Effect.void
    if (search.regex.length > maxPattern) {
      return Effect.fail(invalidInput("search", `at most ${maxPattern} characters`, `${search.regex.length}`))
    }
    const pattern = search.regex
    // The expression is given on and dropped later: a bundler leaves out one whose value nobody uses, and the check with it.
    const compiled = Effect.try({
      try: () => new RegExp(pattern, "m"),
      catch: () => invalidInput("search", "must be a JavaScript regular expression", pattern.slice(0, 80))
    })
    return Effect.asVoid(compiled)
  })
