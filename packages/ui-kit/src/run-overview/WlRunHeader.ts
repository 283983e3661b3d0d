/** A run's title line: colour, name, state, tags, how it goes, and what can be done with it. */
import type { RunJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { splitMiddle } from "../base/splitMiddle.ts"
import { WlElement } from "../base/WlElement.ts"
import { describeError } from "../format/describeError.ts"
import { flatten } from "../format/flatten.ts"
import { formatAge, formatDuration } from "../format/formatTime.ts"
import { stateWord } from "../run-table/stateWord.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import type { RunAction, RunOverviewController, RunOverviewEvent, RunOverviewState } from "./RunOverviewController.ts"

const actionsOf = ({ state, stopRequested, deletedAt }: RunJson): ReadonlyArray<readonly [RunAction, string]> => {
  if (deletedAt !== null) return [["restore", "Restore"]]
  if (state === "running" || state === "pending")
    return stopRequested ? [["finish", "Mark as finished"]] : [["stop", "Stop run"]]
  return state === "paused"
    ? [
        ["resume", "Resume"],
        ["stop", "Stop run"]
      ]
    : [["delete", "Delete"]]
}

/**
 * @fires wl-action - Before the run is changed; cancelable. Detail: `{ action, runs }`.
 * @slot actions - More actions, before the run's own.
 */
export class WlRunHeader extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      :host { padding: 16px 16px 8px; background: var(--wl-surface); }
      .line { display: flex; align-items: center; gap: 10px; min-width: 0; }
      .line .square { width: 12px; height: 12px; }
      .line h1 { flex: 0 1 auto; }
      .tags { display: flex; flex: 0 0.01 auto; gap: 6px; min-width: 0; overflow: hidden; }
      .tag { flex: none; }
      .meta { margin-top: 4px; }
      .notice { margin-top: 4px; color: var(--wl-fail); }
      .ghost { height: 28px; width: 220px; border-radius: 6px; background: var(--wl-sunken); }
      @media (max-width: 700px) { .line { flex-wrap: wrap; gap: 6px 8px; } .line .square { align-self: flex-start; margin-top: 8px; } .line h1 { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; flex: 1 1 calc(100% - 24px); overflow-wrap: anywhere; white-space: normal; } }
    `
  ]

  static override properties = { ...WlElement.properties, controller: { attribute: false }, asking: { state: true } }

  /** The run; share it with a `wl-run-overview`. */
  declare controller: RunOverviewController | null
  declare protected asking: RunAction | null
  readonly #observer = new StoreObserver<RunOverviewState, RunOverviewEvent>(this)

  constructor() {
    super()
    this.controller = null
    this.asking = null
  }

  protected override willUpdate(): void {
    this.#observer.observe(this.controller)
  }

  protected override render(): TemplateResult {
    const state = this.controller?.getSnapshot()
    const run = state?.run ?? null
    if (state === undefined || run === null)
      return state?.status === "error"
        ? html``
        : html`<div class="line"><span class="ghost"></span></div><div class="meta sm">&nbsp;</div>`
    const name = run.name === "" ? run.slug : run.name
    const [head, tail] = splitMiddle(name)
    const colour = this.provider?.colours.colourOf(run.id) ?? "var(--wl-s1)"
    return html`<div class="line">
        <span class="square" .style=${`background: ${colour}`}></span>
        <h1 class="xl strong middle" title=${name}><span>${head}</span><span>${tail}</span></h1>
        <span class="pill ${run.state}">${run.stopRequested && run.state === "running" ? "Stopping" : stateWord(run.state)}</span>
        <span class="tags">${run.tags.slice(0, 6).map((tag) => html`<span class="tag" title=${tag}>${tag}</span>`)}</span>
        <span class="grow"></span><slot name="actions"></slot>${this.#actions(run, state.busy)}
      </div>
      <p class="meta sm t2">${this.#meta(run, state)}</p>
      ${state.notice === null ? nothing : html`<p class="notice sm" role="alert">${describeError(state.notice).detail}</p>`}`
  }

  #actions(run: RunJson, busy: RunAction | null): TemplateResult {
    if (this.asking === "delete") {
      return html`<span class="sm strong">Delete this run? It can be restored.</span>
        <button class="button primary" ?disabled=${busy !== null} @click=${() => this.#act(run, "delete")}>Delete</button>
        <button class="button" @click=${() => {
          this.asking = null
        }}>Keep</button>`
    }
    return html`${actionsOf(run).map(
      ([action, label]) =>
        html`<button class="button" ?disabled=${busy !== null} @click=${() => {
          if (action === "delete") this.asking = "delete"
          else this.#act(run, action)
        }}>${label}</button>`
    )}`
  }

  #act(run: RunJson, action: RunAction): void {
    this.asking = null
    if (this.emit("wl-action", { action, runs: [run.id] }, true)) this.controller?.send({ type: "act", action })
  }

  #meta(run: RunJson, { keys, live }: RunOverviewState): string {
    const age = formatAge(Date.parse(run.createdAt), Date.now())
    const ended = run.state !== "running" && run.state !== "paused" && run.state !== "pending"
    const where = `${run.user === null ? "" : ` by ${run.user}`}${run.host === null ? "" : ` on ${run.host}`}`
    const step = Math.max(...keys.map(({ lastStep }) => lastStep))
    const settings = [...flatten(run.config)]
      .filter(([key, value]) => !key.startsWith("_") && (typeof value === "number" || typeof value === "string"))
      .slice(0, 3)
      .map(([key, value]) => `${key.split(".").at(-1)} ${String(value).slice(0, 24)}`)
    return [
      `started ${age === "now" ? "just now" : `${age} ago`}${where}`,
      ended ? `ran ${formatDuration(run.durationMs)}` : null,
      Number.isFinite(step) ? `step ${step.toLocaleString("en-US")}` : null,
      settings.length > 0 ? settings.join(", ") : null,
      live === "stale" ? "connection lost, trying again" : null
    ]
      .filter((part) => part !== null)
      .join(" · ")
  }
}
