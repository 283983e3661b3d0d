/** The line of controls over a grid: filter, x-axis, smoothing, logarithmic y. */
import { html, nothing } from "lit"
import { readSmoothingKind, readXAxis } from "../line-chart/lineChartProperties.ts"
import type { GridEvent, GridState } from "./ChartGridController.ts"

const kinds = [
  ["twema", "Time-weighted EMA"],
  ["ema", "Exponential moving average"],
  ["gaussian", "Gaussian"],
  ["average", "Moving average"],
  ["median", "Moving median"]
] as const

/** Amounts from 0 to 1 for averages that forget, in points for windows. */
const windowed = (kind: string): boolean => kind === "gaussian" || kind === "average" || kind === "median"

export interface ControlsView {
  readonly state: GridState
  readonly send: (event: GridEvent) => void
  readonly open: boolean
  readonly toggle: () => void
}

const smoothingMenu = ({ state, send, open, toggle }: ControlsView) => {
  const { smooth, smoothing } = state.options
  const most = windowed(smoothing) ? 51 : 0.99
  const step = windowed(smoothing) ? 2 : 0.01
  const amount = smooth > 0 ? ` ${smooth}` : ""
  const choose = (event: Event) => {
    const kind = readSmoothingKind((event.target as HTMLSelectElement).value)
    const other = windowed(kind) !== windowed(smoothing)
    send({ type: "options", options: { smoothing: kind, ...(other ? { smooth: windowed(kind) ? 9 : 0.6 } : {}) } })
  }
  return html`<div class="menu">
    <button class="button" aria-expanded=${open} aria-pressed=${smooth > 0} @click=${toggle}>Smoothing${amount}</button>
    ${
      open
        ? html`<div class="popup" role="dialog" aria-label="Smoothing" @keydown=${(event: KeyboardEvent) => event.key === "Escape" && toggle()}>
            <label><span>Amount<span class="value">${smooth}</span></span>
              <input type="range" min="0" max=${most} step=${step} .value=${String(smooth)}
                @input=${(event: Event) => send({ type: "options", options: { smooth: Number((event.target as HTMLInputElement).value) } })}>
            </label>
            <label>Kind
              <select @change=${choose}>${kinds.map(([kind, name]) => html`<option value=${kind} ?selected=${kind === smoothing}>${name}</option>`)}</select>
            </label>
          </div>`
        : nothing
    }
  </div>`
}

export const chartControls = (view: ControlsView) => {
  const { state, send } = view
  const { x, yScale } = state.options
  const axis = typeof x === "string" ? x : x.metric
  const known = ["step", "relative", "wall", "epoch", ...(typeof x === "string" ? [] : [x.metric])]
  const names: Record<string, string> = { step: "Step", relative: "Time since start", wall: "Wall clock" }
  const axes = [...new Set(known)].filter((name) => name in names || name === axis || state.keys.includes(name))
  const log = yScale === "log"
  return html`<div class="bar" part="toolbar">
    <div class="field"><input type="search" aria-label="Filter charts" placeholder="Filter charts, e.g. val/.*" .value=${state.filter}
      @input=${(event: Event) => send({ type: "filter", filter: (event.target as HTMLInputElement).value })}></div>
    <span class="grow"></span>
    <slot name="toolbar"></slot>
    ${state.range === null ? nothing : html`<button class="button" @click=${() => send({ type: "range", range: null })}>Reset zoom</button>`}
    <select class="button" aria-label="X-axis" @change=${(event: Event) => send({ type: "options", options: { x: readXAxis((event.target as HTMLSelectElement).value) } })}>
      ${axes.map((name) => html`<option value=${name} ?selected=${name === axis}>x: ${names[name] ?? name}</option>`)}
    </select>
    ${smoothingMenu(view)}
    <button class="button" aria-pressed=${log} @click=${() => send({ type: "options", options: { yScale: log ? "linear" : "log" } })}>Log y</button>
  </div>`
}
