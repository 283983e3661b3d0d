/** Filter texts as callers of the engine send them: a fault is refused input that names its place, counted from 1. */
import { type InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import type { RunFilter } from "../RunFilter.ts"
import { FilterFault, longestFilter, readFilter } from "./readFilter.ts"

/** The tree of a filter text, or the first fault in it. An empty text accepts every run. */
export const parseFilter = (text: string, path = "filter"): RunFilter | InvalidInput => {
  const filter = readFilter(text)
  if (!(filter instanceof FilterFault)) return filter
  if (text.length > longestFilter) return invalidInput(path, filter.rule, `${text.length} characters`)
  const excerpt = text.slice(filter.at, filter.at + 20)
  return invalidInput(
    path,
    `${filter.rule} (character ${filter.at + 1})`,
    excerpt === "" ? "the end of the text" : JSON.stringify(excerpt)
  )
}
