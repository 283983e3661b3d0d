/** The runs of a project as a grid: filter, sort, columns, colours, selection. 100,000 rows scroll like ten. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { PopoverState } from "../base/PopoverState.ts"
import { saveFile } from "../base/saveFile.ts"
import { WlElement } from "../base/WlElement.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { type BulkMode, bulkBar } from "./bulkBar.ts"
import { columnLayout } from "./columnLayout.ts"
import { columnMenu } from "./columnMenu.ts"
import { compareButton, compareTarget, runsToCompare } from "./compareButton.ts"
import { gridKeys } from "./gridKeys.ts"
import { infoLine } from "./infoLine.ts"
import { RowPool } from "./RowPool.ts"
import { type ColumnarRuns, columnTitle, type RunRow, shortTitles, sortText } from "./RunRow.ts"
import { RunTableController } from "./RunTableController.ts"
import type { BulkChange, RunTableEvent, RunTableState } from "./RunTableState.ts"
import { runTableStyles } from "./runTableStyles.ts"

/**
 * @fires wl-run-open - A run was opened; cancelable. Detail: `{ run }`.
 * @fires wl-visibility-change - Which runs charts show changed. Detail: `{ runs, byHand }`.
 * @fires wl-selection-change - Detail: `{ runs }`, ids.
 * @fires wl-state-change - Filter, sort, columns or shown runs changed. Detail: `{ filter, sort, columns, shown }`.
 * @fires wl-action - Before runs are changed; cancelable. Detail: `{ action, runs }`.
 * @fires wl-export - Rows were written as CSV, before they are saved; cancelable. Detail: `{ csv, name }`.
 * @fires wl-compare - Selected runs are to be compared; cancelable. Detail: `{ runs }`.
 * @slot empty - What a project without runs shows.
 * @csspart row - A row.
 * @csspart cell - A cell of a row.
 */
export class WlRunTable extends WlElement {
  static override styles = [...WlElement.styles, runTableStyles]

  static override properties = {
    ...WlElement.properties,
    project: {},
    data: { attribute: false },
    filter: {},
    sort: {},
    columns: { attribute: false },
    shown: { attribute: false },
    width: { state: true },
    menuSearch: { state: true },
    mode: { state: true },
    moveTargets: { state: true }
  }

  /** Id or `entity:slug`. */
  declare project: string | null
  /** The host's own columns, instead of a client. */
  declare data: ColumnarRuns | null
  /** Starting filter, sort, columns and shown runs; later ones come by `wl-state-change`. */
  declare filter: string
  declare sort: string
  declare columns: ReadonlyArray<string> | null
  declare shown: ReadonlyArray<string> | null
  declare protected width: number
  declare protected menuSearch: string
  declare protected mode: BulkMode
  declare protected moveTargets: ReadonlyArray<string>

  #controller: RunTableController | null = null
  #made: ReadonlyArray<unknown> = []
  #last: RunTableState | null = null
  #pool: RowPool | null = null
  #active = 0
  #activeColumn = 1
  #anchor = 0
  #typing: ReturnType<typeof setTimeout> | null = null
  readonly #observer = new StoreObserver<RunTableState, RunTableEvent>(this, () => this.#announce())
  readonly #menu = new PopoverState(this, () => this.renderRoot.querySelector(".bar"))
  readonly #resizes = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0)
    this.#draw()
  })

  constructor() {
    super()
    this.project = null
    this.data = null
    this.filter = ""
    this.sort = "-created"
    this.columns = null
    this.shown = null
    this.width = 0
    this.menuSearch = ""
    this.mode = "none"
    this.moveTargets = []
  }

  /** The logic behind the table, to drive it from code. Null until it has a project or data. */
  get controller(): RunTableController | null {
    return this.#controller
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resizes.observe(this)
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resizes.disconnect()
    this.#controller?.dispose()
    this.#controller = null
    this.#made = []
  }

  /** Moves the focus to the filter field. */
  focusFilter(): void {
    this.renderRoot.querySelector<HTMLInputElement>(".filter")?.focus()
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const made = [this.source, this.project, this.data]
    if (made.every((part, at) => part === this.#made[at])) return
    this.#made = made
    this.#controller?.dispose()
    this.#last = null
    const ready = this.data !== null || (this.source !== null && this.project !== null)
    const { filter, sort, columns, shown } = this
    this.#controller = ready
      ? new RunTableController({
          client: this.source,
          project: this.project,
          data: this.data,
          filter,
          sort,
          columns,
          shown
        })
      : null
    this.#observer.observe(this.#controller)
    this.#announce()
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html`<div class="message">No project is given.</div>`
    return html`${this.#bar(state)} ${state.selected.size > 0 ? this.#bulk(state) : infoLine(state, (event) => this.#controller?.send(event))} ${this.#body(state)}`
  }

  protected override updated(): void {
    const scroller = this.renderRoot.querySelector<HTMLElement>(".scroller")
    const box = this.renderRoot.querySelector<HTMLElement>(".box")
    if (scroller === null || box === null) this.#pool = null
    else {
      if (this.#pool === null || !this.#pool.drawsInto(box)) this.#pool = new RowPool(scroller, box, 32)
      this.#draw()
    }
    this.renderRoot.querySelector<HTMLInputElement>("form.bulk input")?.focus()
  }

  #bar(state: RunTableState): TemplateResult {
    return html`<div class="bar">
      <label class="field grow"><input class="filter" type="search" aria-label="Filter runs" aria-invalid=${state.mistake !== null}
        aria-describedby="info" placeholder="Filter, e.g. state:running lr < 0.01" autocomplete="off" spellcheck="false"
        .value=${state.filter} @input=${this.#typed} @keydown=${this.#filterKey}><span class="kbd" aria-hidden="true">/</span></label>
      ${this.#compare(state)}
      <button class="button" aria-expanded=${this.#menu.open} @click=${() => this.#toggleMenu()}>Columns</button>
      ${
        this.#menu.open
          ? columnMenu(state.fields, state.columns, {
              search: this.menuSearch,
              setSearch: (text) => {
                this.menuSearch = text
              },
              setColumns: (columns) => this.#controller?.send({ type: "columns", columns }),
              exportRows: () => {
                this.#menu.close()
                void this.#export(null)
              },
              showDeleted: () => {
                this.#menu.close()
                this.#controller?.send({ type: "deleted", deleted: true })
              }
            })
          : nothing
      }
    </div>`
  }

  #compare(state: RunTableState): TemplateResult {
    const runs = runsToCompare(state)
    const target = compareTarget(state)
    return compareButton({
      count: runs.length,
      selected: state.selected.size > 0,
      href: target === null ? null : (this.provider?.hrefFor(target) ?? null),
      compare: (event) => {
        if (!this.emit("wl-compare", { runs }, true)) event.preventDefault()
      }
    })
  }

  #bulk(state: RunTableState): TemplateResult {
    const runs = [...state.selected]
    return bulkBar(state, {
      mode: this.mode,
      tags: runs.flatMap((run) => state.rows.at(state.rows.indexOf(run))?.tags ?? []),
      moveTargets: this.moveTargets,
      setMode: (mode) => {
        this.mode = mode
        if (mode === "move") void this.#readMoveTargets()
      },
      apply: (change) => this.#apply(change, runs),
      exportRows: () => void this.#export(runs),
      clear: () => this.#controller?.send({ type: "select", runs: [], mode: "only" })
    })
  }

  async #readMoveTargets(): Promise<void> {
    this.moveTargets = (await this.#controller?.moveTargets()) ?? []
  }

  /** Saves runs, or with null all that the filter lets through, as a CSV file. */
  async #export(runs: ReadonlyArray<string> | null): Promise<void> {
    const csv = await this.#controller?.csv(runs)
    if (csv === undefined || csv === null) return
    const name = `${this.project?.split(":").at(-1) ?? "runs"}.csv`
    if (this.emit("wl-export", { csv, name }, true)) saveFile(new Blob([csv], { type: "text/csv;charset=utf-8" }), name)
  }

  #apply(change: BulkChange, runs: ReadonlyArray<string>): void {
    this.mode = "none"
    if (this.emit("wl-action", { action: change.op, runs }, true)) this.#controller?.send({ type: "bulk", change })
  }

  #body(state: RunTableState): TemplateResult {
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    if (state.status === "ready" && state.rows.total === 0) {
      const filtered = state.filter.trim() !== "" || state.deleted
      return filtered
        ? html`<div class="message"><span>${state.deleted ? "No run is deleted." : "No run matches this filter."}</span></div>`
        : html`<slot name="empty"><div class="message"><span>This project has no runs yet.</span></div></slot>`
    }
    const layout = columnLayout(this.width, state.columns, state.sort)
    const titles = layout.showTags ? layout.columns.map(columnTitle) : shortTitles(layout.columns)
    const head = (field: string, title: string, className: string, index: number) =>
      this.#head(state, field, title, className, index)
    return html`<div class="scroller" tabindex="0" role="grid" aria-label="Runs" aria-multiselectable="true" aria-busy=${state.status === "loading"}
      aria-rowcount=${state.rows.total + 1} aria-colcount=${layout.columns.length + 4} aria-activedescendant="active"
      @scroll=${this.#scrolled} @keydown=${this.#keydown} @click=${this.#clicked}>
      <div class=${layout.showTags ? "grid" : "grid tight"} .style=${`--columns: ${layout.template}; min-width: ${layout.minWidth}px`}>
        <div class="header" role="row" aria-rowindex="1">
          <div class="head shown" role="columnheader"><span class="hidden-text">Shown in charts</span></div>
          ${head("name", "Name", "name", 1)} ${head("state", "", "state", 2)}
          ${layout.columns.map((field, at) => head(field, titles[at]!, "number", at + 3))}
          ${head("created", "Age", "number", layout.columns.length + 3)}
        </div>
        <div class="box" role="rowgroup"></div>
      </div>
    </div>`
  }

  #head(state: RunTableState, field: string, title: string, className: string, index: number): TemplateResult {
    const key = state.sort.find((sorted) => sorted.field === field)
    const direction = key === undefined ? "none" : key.descending ? "descending" : "ascending"
    const isActive = this.#active === -1 && this.#activeColumn === index
    return html`<div class="head ${className}" role="columnheader" aria-sort=${direction} id=${isActive ? "active" : nothing}>
      <button tabindex="-1" title=${field} @click=${(event: MouseEvent) => this.#sortBy(field, event.shiftKey)}>${
        title === "" ? html`<span class="hidden-text">State</span>` : title
      }${key === undefined || className === "state" ? "" : key.descending ? " ↓" : " ↑"}</button></div>`
  }

  #sortBy(field: string, additive: boolean): void {
    const text = field === "name" || field === "state" || field.startsWith("config.")
    this.#controller?.send({ type: "sort", field, additive, descending: !text })
    this.renderRoot.querySelector(".scroller")?.scrollTo({ top: 0 })
  }

  #draw(): void {
    const state = this.#controller?.getSnapshot()
    if (this.#pool === null || state === undefined) return
    const { columns } = columnLayout(this.width, state.columns, state.sort)
    const [first, last] = this.#pool.draw(state, columns, this.#active, this.#activeColumn, {
      colourOf: (run) => this.provider?.colours.colourOf(run) ?? "var(--wl-s1)",
      hrefOf: ({ entity, projectSlug, slug }) =>
        this.provider?.hrefFor({ kind: "run", entity, project: projectSlug, run: slug }) ?? null
    })
    this.#controller?.send({ type: "need", first, last })
  }

  readonly #scrolled = (): void => this.#draw()

  readonly #typed = (event: InputEvent): void => {
    const text = (event.target as HTMLInputElement).value
    if (this.#typing !== null) clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.#controller?.send({ type: "filter", text }), 200)
  }

  readonly #filterKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return
    const field = event.target as HTMLInputElement
    if (event.key === "Escape") field.value = ""
    if (this.#typing !== null) clearTimeout(this.#typing)
    this.#controller?.send({ type: "filter", text: field.value })
  }

  readonly #clicked = (event: MouseEvent): void => {
    const index = this.#pool?.rowOf(event) ?? -1
    const row = this.#controller?.getSnapshot().rows.at(index)
    if (row === undefined) return
    const within = (selector: string) =>
      event.composedPath().some((node) => node instanceof Element && node.matches(selector))
    this.#active = index
    if (within(".toggle")) {
      this.#controller?.send({ type: "toggleShown", run: row.id, alone: event.altKey })
    } else if (within("a.link")) {
      if (!event.metaKey && !event.ctrlKey && !this.emit("wl-run-open", { run: row }, true)) event.preventDefault()
    } else if (event.shiftKey) this.#selectRange(index)
    else {
      this.#anchor = index
      // Like a list of check boxes, since the next thing to do with one selected run is to select another.
      this.#controller?.send({ type: "select", runs: [row.id], mode: "toggle" })
    }
  }

  #selectRange(to: number): void {
    const { rows } = this.#controller!.getSnapshot()
    const [first, last] = this.#anchor < to ? [this.#anchor, to] : [to, this.#anchor]
    const runs: Array<string> = []
    for (let at = first; at <= last; at++) {
      const row = rows.at(at)
      if (row !== undefined) runs.push(row.id)
    }
    this.#controller?.send({ type: "select", runs, mode: "add" })
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const state = this.#controller?.getSnapshot()
    if (state === undefined || this.#pool === null) return
    const columns = columnLayout(this.width, state.columns, state.sort).columns
    const fields = ["shown", "name", "state", ...columns, "created"]
    const step = gridKeys(event, {
      row: this.#active,
      column: this.#activeColumn,
      rows: state.rows.total,
      columns: fields.length,
      page: this.#pool.rowsInView
    })
    if (step === null) return
    event.preventDefault()
    const row: RunRow | undefined = state.rows.at(this.#active)
    if (step.kind === "move") {
      this.#active = step.row
      this.#activeColumn = step.column
      if (step.row >= 0) this.#pool.reveal(step.row)
      if (step.extend && step.row >= 0) this.#selectRange(step.row)
      else this.#anchor = Math.max(0, step.row)
      this.requestUpdate()
    } else if (step.kind === "all") {
      const runs = Array.from({ length: state.rows.total }, (_, at) => state.rows.at(at)?.id).filter(
        (id) => id !== undefined
      )
      this.#controller?.send({ type: "select", runs, mode: "only" })
    } else if (step.kind === "clear") this.#controller?.send({ type: "select", runs: [], mode: "only" })
    else if (this.#active === -1) this.#sortBy(fields[this.#activeColumn]!, event.shiftKey)
    else if (row !== undefined) this.#act(step.kind, row, event)
  }

  #act(kind: "open" | "select" | "show", row: RunRow, event: KeyboardEvent): void {
    if (kind === "select") this.#controller?.send({ type: "select", runs: [row.id], mode: "toggle" })
    else if (kind === "show") this.#controller?.send({ type: "toggleShown", run: row.id, alone: event.altKey })
    else if (this.emit("wl-run-open", { run: row }, true)) {
      this.renderRoot
        .querySelector<HTMLAnchorElement>("#active ~ .name a[href], #active a[href], .row.active a[href]")
        ?.click()
    }
  }

  #toggleMenu(): void {
    this.menuSearch = ""
    this.#menu.toggle()
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>(".popover input")?.focus())
  }

  /** Tells the host what changed since it was last told. */
  #announce(): void {
    const state = this.#controller?.getSnapshot() ?? null
    const last = this.#last
    this.#last = state
    if (state === null) return
    if (last === null || last.shown !== state.shown || last.rows !== state.rows || last.version !== state.version) {
      this.emit("wl-visibility-change", { runs: this.#controller?.shownRuns() ?? [], byHand: state.shownByHand })
    }
    if (last === null) return
    if (last.selected !== state.selected) this.emit("wl-selection-change", { runs: [...state.selected] })
    const { filter, sort, columns, shown, shownByHand } = state
    if (last.filter !== filter || last.sort !== sort || last.columns !== columns || last.shown !== shown) {
      this.emit("wl-state-change", { filter, sort: sortText(sort), columns, shown: shownByHand ? [...shown] : null })
    }
  }
}
