/** The parts of a chart that are words and buttons: title, states, legend. */
import { html, nothing, type TemplateResult } from "lit"
import { classMap } from "lit/directives/class-map.js"
import { splitMiddle } from "../base/splitMiddle.ts"
import type { ChartEvent, ChartLine, ChartState } from "./ChartState.ts"

/** A name that loses its middle where it is too long. */
const named = (text: string) => {
  const [head, tail] = splitMiddle(text)
  return html`<span>${head}</span><span>${tail}</span>`
}

export const headerTemplate = (
  state: ChartState,
  title: string,
  badge: boolean,
  open: (event: Event) => void
): TemplateResult => {
  const live = state.status === "ready" && state.lines.some((line) => line.live) && (state.stale || badge)
  const pill = classMap({ pill: true, running: !state.stale, pending: state.stale })
  return html`<div part="header" class="header">
    <slot name="title"><span class="title middle" title=${title}>${named(title)}</span></slot>
    ${live ? html`<span class=${pill}>${state.stale ? "reconnecting" : "live"}</span>` : nothing}
    <span class="grow"></span>
    ${
      state.status === "ready"
        ? html`<button class="more" tabindex="-1" popovertarget="menu" aria-haspopup="menu" aria-label=${title === "" ? "Chart menu" : `Menu of ${title}`}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6h.01M6 6h.01M10 6h.01" stroke="currentColor" stroke-width="2" stroke-linecap="round"></path></svg>
          </button>
          <div id="menu" class="choices" popover role="menu" @beforetoggle=${open}></div>`
        : nothing
    }
    <slot name="toolbar"></slot>
  </div>`
}

/** What stands in the plot when there are no lines; `retry` is null where there is nothing to ask again. */
export const overlayTemplate = (
  status: ChartState["status"],
  keys: ReadonlyArray<string>,
  error: string | null,
  retry: (() => void) | null
): TemplateResult | typeof nothing => {
  if (status === "loading") return html`<div part="loading" class="waiting"></div>`
  if (status === "empty") {
    const what = keys.length === 0 ? "Nothing to show yet" : `No values of ${keys.join(", ")} yet`
    return html`<div part="empty" class="over"><slot name="empty"><span>${what}</span></slot></div>`
  }
  if (status !== "error") return nothing
  return html`<div part="error" class="over" role="alert">
    <slot name="error">
      <span class="what">This chart could not be loaded</span>
      <span>${error}</span>
      ${retry === null ? nothing : html`<button class="button" @click=${retry}>Retry</button>`}
    </slot>
  </div>`
}

export interface LegendActions {
  readonly css: (line: ChartLine) => string
  readonly send: (event: ChartEvent) => void
  readonly hover: (run: string | null) => void
}

/** A click hides a line, with Alt it shows the line alone. */
export const legendTemplate = (state: ChartState, { css, send, hover }: LegendActions): TemplateResult =>
  html`<div part="legend" class="legend" role="group" aria-label="Lines">
    ${state.lines.map((line) => {
      const shown = !state.hidden.has(line.id)
      const style = shown ? `background:${css(line)}` : `box-shadow: inset 0 0 0 1.5px ${css(line)}`
      const click = (event: MouseEvent) => send({ type: event.altKey ? "isolate" : "toggle", line: line.id })
      return html`<button aria-pressed=${shown} title=${line.label} @click=${click}
        @pointerenter=${() => hover(line.run)} @pointerleave=${() => hover(null)}
        ><span class="square" .style=${style}></span><span class="middle">${named(line.label)}</span></button>`
    })}
  </div>`
