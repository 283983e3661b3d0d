/** The way from the table to the page that compares: the selected runs, or with none selected those that charts show. */
import { html, nothing, type TemplateResult } from "lit"
import type { Target } from "../provider/Provider.ts"
import type { RunTableState } from "./RunTableState.ts"

/** Ids of the runs that Compare compares. */
export const runsToCompare = (state: RunTableState): ReadonlyArray<string> => [
  ...(state.selected.size > 0 ? state.selected : state.shown)
]

/** The page that compares them; null while none of them is loaded. */
export const compareTarget = (state: RunTableState): Target | null => {
  const runs = runsToCompare(state)
  const rows = runs.map((run) => state.rows.find(run))
  const first = rows.find((row) => row !== undefined)
  if (first === undefined) return null
  const { entity, projectSlug: project } = first
  return { kind: "compare", entity, project, runs: rows.map((row, at) => row?.slug ?? runs[at]!) }
}

export interface CompareHost {
  /** Runs to compare. */
  readonly count: number
  /** Whether they were selected by hand. */
  readonly selected: boolean
  readonly href: string | null
  readonly compare: (event: Event) => void
}

export const compareButton = ({ count, selected, href, compare }: CompareHost): TemplateResult => {
  const chosen = selected ? "selected runs" : "runs shown in charts"
  const ready = count > 1
  return html`<a class=${selected && ready ? "button primary" : "button"} href=${ready && href !== null ? href : nothing} role=${ready && href !== null ? nothing : "button"}
    aria-disabled=${ready ? nothing : "true"} tabindex="0" title=${ready ? `Compare the ${count} ${chosen}` : "Select at least two runs to compare"}
    @click=${(event: Event) => (ready ? compare(event) : event.preventDefault())}>Compare${selected && ready ? ` ${count}` : ""}</a>`
}
