/** The projects of a server, newest activity first, to search and to open. */
import type { ProjectJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { WlElement } from "../base/WlElement.ts"
import { formatAge, formatMoment } from "../format/formatTime.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import {
  ProjectListController,
  type ProjectListEvent,
  type ProjectListState,
  type ProjectSort
} from "./ProjectListController.ts"

const sorts: ReadonlyArray<readonly [ProjectSort, string]> = [
  ["-activity", "Last activity"],
  ["name", "Name"],
  ["-created", "Newest"]
]

/**
 * @fires wl-state-change - Search or sort changed. Detail: `{ search, sort }`.
 * @slot empty - What a server without projects shows.
 * @csspart project - A project's row.
 */
export class WlProjectList extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      .bar { display: flex; align-items: center; gap: 8px; margin-bottom: 12px; }
      .bar .field { width: min(320px, 100%); }
      select { height: var(--wl-control); padding: 0 6px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); font-size: 12px; }
      .list { padding: 0; overflow: hidden; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) 90px 110px; gap: 16px; align-items: center; min-height: 52px; padding: 8px 12px; position: relative; }
      li + li { border-top: 1px solid var(--wl-line); }
      li:hover { background: var(--wl-sunken); }
      .name { display: flex; align-items: center; gap: 8px; min-width: 0; }
      .name a { font-weight: 550; }
      .name a::after { content: ""; position: absolute; inset: 0; }
      .end { text-align: right; }
      .ghost { height: 52px; }
      .ghost span { display: block; width: 140px; height: 8px; border-radius: 4px; background: var(--wl-sunken); }
      @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr) auto; } li .age { display: none; } }
    `
  ]

  static override properties = { ...WlElement.properties, search: {}, sort: {} }

  /** What it starts with; later changes come by `wl-state-change`. */
  declare search: string
  declare sort: ProjectSort

  #controller: ProjectListController | null = null
  #madeFor: unknown = null
  #typing: ReturnType<typeof setTimeout> | null = null
  readonly #observer = new StoreObserver<ProjectListState, ProjectListEvent>(this)

  constructor() {
    super()
    this.search = ""
    this.sort = "-activity"
  }

  get controller(): ProjectListController | null {
    return this.#controller
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#madeFor = null
  }

  /** Moves the focus to the search field. */
  focusFilter(): void {
    this.renderRoot.querySelector("input")?.focus()
  }

  protected override willUpdate(): void {
    const client = this.source
    if (client === this.#madeFor) return
    this.#madeFor = client
    this.#controller?.dispose()
    this.#controller =
      client === null ? null : new ProjectListController(client, { search: this.search, sort: this.sort })
    this.#observer.observe(this.#controller)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") return errorMessage(state.error, () => this.#send({ type: "reload" }))
    if (state.status === "ready" && state.projects.length === 0 && state.search === "" && !state.deleted) {
      return html`<slot name="empty"><div class="message">There are no projects yet.</div></slot>
        <button class="button quiet" @click=${() => this.#send({ type: "deleted", deleted: true })}>Show deleted projects</button>`
    }
    return html`
      <div class="bar">
        <label class="field"><input type="search" aria-label="Search projects" placeholder="Search projects" autocomplete="off" .value=${state.search} @input=${this.#typed}><span class="kbd" aria-hidden="true">/</span></label>
        <button class="button" aria-pressed=${state.deleted} @click=${() => this.#send({ type: "deleted", deleted: !state.deleted })}>Deleted</button>
        <span class="grow"></span>
        <select aria-label="Sort projects" @change=${(event: Event) => this.#send({ type: "sort", sort: (event.target as HTMLSelectElement).value as ProjectSort })}>
          ${sorts.map(([value, label]) => html`<option value=${value} ?selected=${value === state.sort}>${label}</option>`)}
        </select>
      </div>
      ${
        state.projects.length === 0 && state.status === "ready"
          ? html`<div class="card message">${state.search !== "" ? `No project matches “${state.search}”.` : "No project is deleted."}</div>`
          : html`<ul class="card list" aria-busy=${state.status === "loading"}>${
              state.status === "loading"
                ? [1, 2, 3].map(() => html`<li class="ghost"><span></span></li>`)
                : state.projects.map((project) => this.#row(project))
            }</ul>`
      }
      ${state.more ? html`<button class="button" @click=${() => this.#send({ type: "more" })}>More projects</button>` : nothing}
    `
  }

  #row(project: ProjectJson): TemplateResult {
    const { id, entity, slug, name, description, deletedAt, runCount, tags, lastActivityAt } = project
    const href = this.provider?.hrefFor({ kind: "project", entity, project: slug }) ?? nothing
    const active = Date.parse(lastActivityAt)
    const age = formatAge(active, Date.now())
    return html`<li part="project">
      <div class="grow"><div class="name">${deletedAt === null ? html`<a class="clip" href=${href}>${name === "" ? slug : name}</a>` : html`<span class="strong clip">${name === "" ? slug : name}</span>`}<span class="t3 sm clip">${entity}</span>
        ${tags.slice(0, 3).map((tag) => html`<span class="tag">${tag}</span>`)}</div>
        <div class="sm t2 clip">${description}</div></div>
      <span class="sm end">${runCount.toLocaleString("en-US")} ${runCount === 1 ? "run" : "runs"}</span>
      ${
        deletedAt === null
          ? html`<span class="sm t3 end age" title=${formatMoment(active)}>${age === "now" ? "active now" : `${age} ago`}</span>`
          : html`<button class="button" aria-label="Restore ${name}" @click=${() => this.#send({ type: "restore", id })}>Restore</button>`
      }
    </li>`
  }

  readonly #typed = (event: InputEvent): void => {
    const text = (event.target as HTMLInputElement).value
    if (this.#typing !== null) clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.#send({ type: "search", text }), 200)
  }

  #send(event: ProjectListEvent): void {
    this.#controller?.send(event)
    const { search, sort } = this.#controller!.getSnapshot()
    this.emit("wl-state-change", { search, sort })
  }
}
