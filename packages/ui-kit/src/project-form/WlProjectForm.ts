/** What a project is called and who sees it: for a new one, or as the settings of one, which can be deleted there. */
import type { ProjectJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { WlElement } from "../base/WlElement.ts"
import { describeError } from "../format/describeError.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { ProjectFormController, type ProjectFormEvent, type ProjectFormState } from "./ProjectFormController.ts"

const commaList = (text: string): ReadonlyArray<string> => [
  ...new Set(
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
  )
]

/**
 * @fires wl-action - Before the project is made, changed, deleted or restored; cancelable. Detail: `{ action }`.
 * @fires wl-project-saved - It was made, changed, deleted or restored. Detail: `{ project, created }`.
 */
export class WlProjectForm extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      form { display: grid; gap: 12px; max-width: 560px; }
      label { display: grid; gap: 4px; font-size: 12px; line-height: 18px; }
      .two { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
      textarea, select { width: 100%; padding: 4px 8px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); font-size: 12px; line-height: 18px; resize: vertical; }
      select { height: var(--wl-control); padding: 0 6px; }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      .notice { color: var(--wl-fail); }
      .danger { display: grid; gap: 8px; justify-items: start; max-width: 560px; margin-top: 32px; padding-top: 16px; border-top: 1px solid var(--wl-line); }
      .button.fail { color: var(--wl-fail); }
      @media (max-width: 700px) { .two { grid-template-columns: 1fr; } }
    `
  ]
  static override properties = { ...WlElement.properties, project: {}, deleting: { state: true } }

  /** Id or `entity:slug`. Null: a new project. */
  declare project: string | null
  declare protected deleting: boolean
  #controller: ProjectFormController | null = null
  #made: ReadonlyArray<unknown> = []
  #saved = 0
  #created = false
  readonly #observer = new StoreObserver<ProjectFormState, ProjectFormEvent>(this, (state) => this.#tell(state))

  constructor() {
    super()
    this.project = null
    this.deleting = false
  }

  get controller(): ProjectFormController | null {
    return this.#controller
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#made = []
  }

  protected override willUpdate(): void {
    const made = [this.source, this.project]
    if (made.length === this.#made.length && made.every((part, at) => part === this.#made[at])) return
    this.#made = made
    this.#saved = 0
    this.#created = this.project === null
    this.#controller?.dispose()
    this.#controller = this.source === null ? null : new ProjectFormController(this.source, this.project)
    this.#observer.observe(this.#controller)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined || state.status === "loading") return html`<div class="message" aria-busy="true"></div>`
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    const isNew = this.project === null
    return html`${this.#fields(state, isNew)}${isNew || state.project === null ? nothing : this.#danger(state.project, state.busy)}`
  }

  #fields({ project, busy, notice, saved }: ProjectFormState, isNew: boolean): TemplateResult {
    return html`<form @submit=${this.#submitted}>
      <div class="two">
        <label>Name<span class="field"><input name="name" required maxlength="512" autocomplete="off" .value=${project?.name ?? ""}></span></label>
        <label>Name in addresses<span class="field"><input name="slug" maxlength="128" autocomplete="off" spellcheck="false" placeholder=${isNew ? "made from the name" : nothing} .value=${project?.slug ?? ""}></span></label>
      </div>
      <label>Description<textarea name="description" rows="3" maxlength="65536" .value=${project?.description ?? ""}></textarea></label>
      <div class="two">
        <label>Tags, separated by commas<span class="field"><input name="tags" autocomplete="off" .value=${project?.tags.join(", ") ?? ""}></span></label>
        <label>Visibility<select name="visibility">
          <option value="private" ?selected=${project?.visibility !== "public"}>Private: its members</option>
          <option value="public" ?selected=${project?.visibility === "public"}>Public: everyone may read</option>
        </select></label>
      </div>
      ${notice === null ? nothing : html`<p class="notice sm" role="alert">${describeError(notice).detail}</p>`}
      <div class="line"><button class="button primary" ?disabled=${busy}>${isNew ? "Create project" : "Save"}</button><slot name="actions"></slot>
        ${saved > 0 && notice === null && !busy ? html`<span class="sm t2" role="status">Saved</span>` : nothing}</div>
    </form>`
  }

  #danger({ name, runCount, deletedAt }: ProjectJson, busy: boolean): TemplateResult {
    if (deletedAt !== null) {
      return html`<section class="danger"><h2 class="strong">This project is deleted</h2>
        <button class="button" ?disabled=${busy} @click=${() => this.#act("restore")}>Restore</button></section>`
    }
    const runs = `${runCount.toLocaleString("en-US")} ${runCount === 1 ? "run" : "runs"}`
    return html`<section class="danger"><h2 class="strong">Delete this project</h2>
      <p class="sm t2">It is hidden with its ${runs}. Deleted projects are listed on the page of all projects, where they can be restored.</p>
      ${
        this.deleting
          ? html`<div class="line"><span class="sm strong">Delete ${name}?</span>
            <button class="button primary" ?disabled=${busy} @click=${() => this.#act("delete")}>Delete</button>
            <button class="button" @click=${() => this.#ask(false)}>Keep</button></div>`
          : html`<button class="button fail" @click=${() => this.#ask(true)}>Delete project</button>`
      }</section>`
  }

  #ask(deleting: boolean): void {
    this.deleting = deleting
  }

  #act(type: "delete" | "restore"): void {
    this.deleting = false
    if (this.emit("wl-action", { action: `${type}-project` }, true)) this.#controller?.send({ type })
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const text = (field: string) => String(data.get(field) ?? "").trim()
    const visibility = text("visibility") === "public" ? "public" : "private"
    const fields = { name: text("name"), slug: text("slug"), description: text("description"), visibility } as const
    const action = this.project === null ? "create-project" : "update-project"
    if (!this.emit("wl-action", { action }, true)) return
    this.#controller?.send({ type: "save", fields: { ...fields, tags: commaList(text("tags")) } })
  }

  #tell({ saved, project }: ProjectFormState): void {
    if (saved === this.#saved || project === null) return
    this.#saved = saved
    this.emit("wl-project-saved", { project, created: this.#created })
    this.#created = false
  }
}
