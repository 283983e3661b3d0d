/** The line under the filter: how many runs, what is new, what is wrong, what they are sorted by. */
import { html, nothing, type TemplateResult } from "lit"
import { describeError } from "../format/describeError.ts"
import { columnTitle } from "./RunRow.ts"
import type { RunTableEvent, RunTableState } from "./RunTableState.ts"

export const infoLine = (state: RunTableState, send: (event: RunTableEvent) => void): TemplateResult => {
  const { runs: total, grouped = total } = state.rows
  const part = grouped < total ? ` (${grouped.toLocaleString("en-US")} runs)` : ""
  const { mistake, fresh, deleted, notice, live, shown } = state
  const sorted = state.sort.map(({ field, descending }) => `${columnTitle(field)} ${descending ? "↓" : "↑"}`).join(", ")
  const count = `${total.toLocaleString("en-US")} ${deleted ? "deleted " : ""}${total === 1 ? "run" : "runs"}, ${shown.size} shown in charts`
  return html`<div class="info" id="info">
    ${
      mistake === null
        ? html`<span aria-live="polite">${count}</span>`
        : html`<span class="mistake" role="alert">Character ${mistake.position + 1}: the filter ${mistake.message}</span>`
    }
    ${fresh > 0 ? html`<button @click=${() => send({ type: "reload" })}>${fresh} new, show</button>` : nothing}
    ${deleted ? html`<button @click=${() => send({ type: "deleted", deleted: false })}>Back to runs</button>` : nothing}
    ${live === "stale" ? html`<span>Connection lost, trying again</span>` : nothing}
    ${
      notice === null
        ? nothing
        : html`<span class="mistake" role="alert">${describeError(notice).detail}</span>
          <button @click=${() => send({ type: "forgetNotice" })}>Dismiss</button>`
    }
    <span class="grow"></span><span class="clip">${state.group === null ? nothing : `grouped by ${columnTitle(state.group)}${part}, `}${sorted === "" ? nothing : `sorted by ${sorted}`}</span>
  </div>`
}
