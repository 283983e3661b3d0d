/** A run's own fields as cells of a search answer, from its row: they are as new as the list item beside them. */
import type { StoredRun } from "../RunStore.ts"
import { durationOf } from "../runView.ts"
import type { Field } from "./filter/Field.ts"
import type { Cell } from "./RunSearch.ts"

/** Moments as ISO strings, durations in seconds, tags joined; null for what the row does not hold. */
export const ownCell = (run: StoredRun, field: Field): Cell => {
  if (!field.own) return null
  switch (field.columns[0]) {
    case "created":
      return new Date(run.createdAt).toISOString()
    case "updated":
      return new Date(run.updatedAt).toISOString()
    case "duration":
      return durationOf(run) / 1000
    case "git.commit":
      return run.gitCommit
    case "group":
      return run.group
    case "host":
      return run.host
    case "id":
      return run.id
    case "job":
      return run.jobType
    case "name":
      return run.name
    case "slug":
      return run.slug
    case "state":
      return run.state
    case "tag":
      return run.tags.length === 0 ? null : run.tags.join(", ")
    case "user":
      return run.user
    default:
      return null
  }
}
