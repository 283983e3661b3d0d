/** The bar that a selection brings up: tag, group, move, delete or restore, each confirmed in place; and export. */
import { html, nothing, type TemplateResult } from "lit"
import type { BulkChange, RunTableState } from "./RunTableState.ts"

export type BulkMode = "none" | "tag" | "untag" | "group" | "move" | "delete"

export interface BulkBarHost {
  readonly mode: BulkMode
  /** Projects that runs can be moved to, as `entity:slug`. */
  readonly moveTargets: ReadonlyArray<string>
  /** Tags that selected runs have. */
  readonly tags: ReadonlyArray<string>
  readonly setMode: (mode: BulkMode) => void
  readonly apply: (change: BulkChange) => void
  readonly exportRows: () => void
  readonly clear: () => void
}

const tagsIn = (text: string): ReadonlyArray<string> =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "")

const asked: Readonly<
  Record<
    "tag" | "untag" | "group" | "move",
    { readonly label: string; readonly verb: string; readonly change: (text: string) => BulkChange }
  >
> = {
  tag: {
    label: "Tags, separated by commas",
    verb: "Add to",
    change: (text) => ({ op: "addTags", tags: tagsIn(text) })
  },
  untag: {
    label: "Tags to remove, separated by commas",
    verb: "Remove from",
    change: (text) => ({ op: "removeTags", tags: tagsIn(text) })
  },
  group: {
    label: "Group, empty for none",
    verb: "Set for",
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
  const own = [...new Set(host.tags)]
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
      <span class="field grow"><input name="text" aria-label=${label} placeholder=${label} autocomplete="off" list="known" .value=${mode === "untag" ? (own[0] ?? "") : ""}></span>
      <datalist id="known">${(mode === "untag" ? own : mode === "move" ? host.moveTargets : []).map((text) => html`<option value=${text}></option>`)}</datalist>
      <button class="button primary" ?disabled=${state.busy}>${verb} ${runs}</button>
      <button type="button" class="button" @click=${() => host.setMode("none")}>Cancel</button>
    </form>`
  }
  return html`<div class="bulk" role="group" aria-label="Selected runs">
    <span class="strong">${runs} selected</span>
    ${
      state.deleted
        ? html`<button class="button" ?disabled=${state.busy} @click=${() => host.apply({ op: "restore" })}>Restore</button>`
        : html`${button("Tag", "tag")} ${own.length === 0 ? nothing : button("Untag", "untag")} ${button("Group", "group")} ${button("Move", "move")} ${button("Delete", "delete")}`
    }
    <button class="button" ?disabled=${state.busy} @click=${host.exportRows}>Export</button>
    <button class="button quiet" @click=${host.clear}>Clear</button>
  </div>`
}
