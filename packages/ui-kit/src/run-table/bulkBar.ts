/** The bar that a selection brings up: compare, tag, group, move, delete or restore, each confirmed in place. */
import { html, nothing, type TemplateResult } from "lit"
import type { BulkChange, RunTableState } from "./RunTableState.ts"

export type BulkMode = "none" | "tag" | "group" | "move" | "delete"

export interface BulkBarHost {
  readonly mode: BulkMode
  readonly compareHref: string | null
  readonly setMode: (mode: BulkMode) => void
  readonly apply: (change: BulkChange) => void
  readonly compare: (event: Event) => void
  readonly clear: () => void
}

const asked: Readonly<
  Record<
    "tag" | "group" | "move",
    { readonly label: string; readonly verb: string; readonly change: (text: string) => BulkChange }
  >
> = {
  tag: {
    label: "Tags, separated by commas",
    verb: "Add",
    change: (text) => ({
      op: "addTags",
      tags: text
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== "")
    })
  },
  group: {
    label: "Group, empty for none",
    verb: "Set",
    change: (text) => ({ op: "group", group: text === "" ? null : text })
  },
  move: { label: "Project, as entity:name", verb: "Move", change: (text) => ({ op: "move", project: text }) }
}

export const bulkBar = (state: RunTableState, host: BulkBarHost): TemplateResult => {
  const count = state.selected.size
  const runs = `${count} ${count === 1 ? "run" : "runs"}`
  const button = (label: string, mode: BulkMode) =>
    html`<button class="button" ?disabled=${state.busy} @click=${() => host.setMode(mode)}>${label}</button>`
  const { mode } = host
  if (mode === "delete") {
    return html`<div class="bulk" role="group" aria-label="Delete runs">
      <span class="strong">Delete ${runs}? They can be restored.</span>
      <button class="button primary" ?disabled=${state.busy} @click=${() => host.apply({ op: "delete" })}>Delete</button>
      <button class="button" @click=${() => host.setMode("none")}>Keep</button>
    </div>`
  }
  if (mode !== "none") {
    const { label, verb, change } = asked[mode]
    const submit = (event: SubmitEvent) => {
      event.preventDefault()
      const text = new FormData(event.target as HTMLFormElement).get("text")
      if (typeof text === "string" && (mode === "group" || text.trim() !== "")) host.apply(change(text.trim()))
    }
    return html`<form class="bulk" @submit=${submit}>
      <span class="field grow"><input name="text" aria-label=${label} placeholder=${label} autocomplete="off"></span>
      <button class="button primary" ?disabled=${state.busy}>${verb} ${runs}</button>
      <button type="button" class="button" @click=${() => host.setMode("none")}>Cancel</button>
    </form>`
  }
  const compare = html`<a class="button" href=${host.compareHref ?? nothing} role=${host.compareHref === null ? "button" : nothing} tabindex="0" @click=${host.compare}>Compare</a>`
  return html`<div class="bulk" role="group" aria-label="Selected runs">
    <span class="strong">${runs} selected</span>
    ${count > 1 ? compare : nothing} ${button("Tag", "tag")} ${button("Group", "group")} ${button("Move", "move")}
    ${
      state.deleted
        ? html`<button class="button" ?disabled=${state.busy} @click=${() => host.apply({ op: "restore" })}>Restore</button>`
        : button("Delete", "delete")
    }
    <button class="button quiet" @click=${host.clear}>Clear</button>
  </div>`
}
