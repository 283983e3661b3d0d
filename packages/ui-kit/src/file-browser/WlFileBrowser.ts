/** The files of a run: path, size, age, and a download of each. */
import type { RunFileJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { saveFile } from "../base/saveFile.ts"
import { WlElement } from "../base/WlElement.ts"
import { formatBytes } from "../format/formatNumber.ts"
import { formatAge, formatMoment } from "../format/formatTime.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { FileBrowserController, type FileBrowserEvent, type FileBrowserState } from "./FileBrowserController.ts"

/**
 * @fires wl-download - Before a file is downloaded; cancelable. Detail: `{ path }`.
 * @csspart file - A file's row.
 */
export class WlFileBrowser extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      .list { padding: 0; overflow: hidden; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) 90px 70px auto; gap: 12px; align-items: center; min-height: 36px; padding: 2px 6px 2px 12px; font-size: 12px; line-height: 18px; }
      li + li { border-top: 1px solid var(--wl-line); }
      .end { text-align: right; }
      .notice { color: var(--wl-fail); padding: 8px 12px; }
      @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr) auto auto; } .age { display: none; } }
    `
  ]
  static override properties = { ...WlElement.properties, run: {} }

  /** Id or `entity:project:slug`. */
  declare run: string | null
  #controller: FileBrowserController | null = null
  #made: ReadonlyArray<unknown> = []
  readonly #observer = new StoreObserver<FileBrowserState, FileBrowserEvent>(this)

  constructor() {
    super()
    this.run = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#made = []
  }

  protected override willUpdate(): void {
    const made = [this.source, this.run]
    if (made.every((part, at) => part === this.#made[at])) return
    this.#made = made
    this.#controller?.dispose()
    const client = this.source
    this.#controller = client === null || this.run === null ? null : new FileBrowserController(client, this.run)
    this.#observer.observe(this.#controller)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    if (state.status === "ready" && state.files.length === 0)
      return html`<div class="card message">This run saved no files.</div>`
    return html`<ul class="card list" aria-label="Files" aria-busy=${state.status === "loading"}>
      ${state.files.map((file) => this.#row(file))}
      ${state.more ? html`<li><button class="button" @click=${() => this.#controller?.send({ type: "more" })}>More files</button></li>` : nothing}
    </ul>${state.notice === null ? nothing : html`<p class="notice" role="alert">${state.notice}</p>`}`
  }

  #row({ path, sizeBytes, updatedAt }: RunFileJson): TemplateResult {
    const at = Date.parse(updatedAt)
    return html`<li part="file"><span class="mono clip" title=${path}>${path}</span><span class="end">${formatBytes(sizeBytes)}</span>
      <span class="end t3 age" title=${formatMoment(at)}>${formatAge(at, Date.now())}</span>
      <button class="button quiet" aria-label="Download ${path}" @click=${() => this.#download(path)}>Download</button></li>`
  }

  async #download(path: string): Promise<void> {
    if (!this.emit("wl-download", { path }, true)) return
    const blob = await this.#controller?.read(path)
    if (blob === null || blob === undefined) return
    saveFile(blob, path.split("/").at(-1)!)
  }
}
