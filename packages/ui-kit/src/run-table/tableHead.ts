/** A column's header: sorts by click, turns by a second one, and is made wider at its right edge. */
import { html, nothing, type TemplateResult } from "lit"
import { splitMiddle } from "../base/splitMiddle.ts"
import { columnBounds } from "./columnLayout.ts"
import type { RunTableState } from "./RunTableState.ts"

export interface HeadHost {
  readonly active: boolean
  readonly resizable: boolean
  readonly sortBy: (field: string, additive: boolean) => void
  /** Null gives the column its own width back. */
  readonly resize: (field: string, px: number | null) => void
}

/** A width that a column can have. */
export const boundedWidth = (px: number): number => Math.max(columnBounds[0], Math.min(columnBounds[1], px))

const grab = (event: PointerEvent, field: string, resize: HeadHost["resize"]): void => {
  const grip = event.target as HTMLElement
  const from = event.clientX - grip.parentElement!.getBoundingClientRect().width
  grip.setPointerCapture(event.pointerId)
  grip.onpointermove = ({ clientX }) => resize(field, boundedWidth(clientX - from))
  grip.onlostpointercapture = () => {
    grip.onpointermove = null
  }
  event.preventDefault()
}

export const tableHead = (
  state: RunTableState,
  field: string,
  title: string,
  className: string,
  { active, resizable, sortBy, resize }: HeadHost
): TemplateResult => {
  const key = state.sort.find((sorted) => sorted.field === field)
  const direction = key === undefined ? "none" : key.descending ? "descending" : "ascending"
  const [head, tail] = splitMiddle(title)
  const arrow = key === undefined || className === "state" ? "" : key.descending ? " ↓" : " ↑"
  return html`<div class="head ${className}" role="columnheader" aria-sort=${direction} id=${active ? "active" : nothing}>
    <button class="middle" tabindex="-1" title=${field} @click=${(event: MouseEvent) => sortBy(field, event.shiftKey)}>${
      title === "" ? html`<span class="hidden-text">State</span>` : html`<span>${head}</span>`
    }<span>${tail}${arrow}</span></button>${
      resizable && className !== "state"
        ? html`<span class="grip" @pointerdown=${(event: PointerEvent) => grab(event, field, resize)} @dblclick=${() => resize(field, null)}></span>`
        : nothing
    }</div>`
}
