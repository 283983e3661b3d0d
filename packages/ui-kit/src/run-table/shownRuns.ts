/** Which runs charts show: the first ten rows until someone chooses, then exactly the chosen ones. */
import type { RowSource } from "./RunRow.ts"
import type { RunTableState } from "./RunTableState.ts"

const shownAtFirst = 10

type Shown = Pick<RunTableState, "shown" | "shownByHand">

const firstRows = (rows: RowSource): ReadonlySet<string> => {
  const shown = new Set<string>()
  // Headers of groups stand between the rows, so more lines than rows are looked at.
  for (let at = 0; at < Math.min(10 * shownAtFirst, rows.total) && shown.size < shownAtFirst; at++) {
    const row = rows.at(at)
    if (row !== undefined) shown.add(row.id)
  }
  return shown
}

export const initiallyShown = (state: RunTableState, rows: RowSource): Partial<Shown> =>
  state.shownByHand ? {} : { shown: firstRows(rows) }

export const toggleShown = (state: RunTableState, run: string, alone: boolean): Shown => {
  if (alone) {
    const already = state.shown.size === 1 && state.shown.has(run)
    return already ? { shown: firstRows(state.rows), shownByHand: false } : { shown: new Set([run]), shownByHand: true }
  }
  const shown = new Set(state.shown)
  if (!shown.delete(run)) shown.add(run)
  return { shown, shownByHand: true }
}
