/** The runs of a project as a grid: filter, sort, columns, colours, selection. 100,000 rows scroll like ten. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { PopoverState } from "../base/PopoverState.ts"
import { VirtualScroll } from "../base/VirtualScroll.ts"
import { WlElement } from "../base/WlElement.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import type { BulkMode } from "./bulkBar.ts"
import { type ColumnLayout, columnLayout } from "./columnLayout.ts"
import { compareButton, compareTarget, runsToCompare } from "./compareButton.ts"
import { GridFocus } from "./GridFocus.ts"
import { infoLine } from "./infoLine.ts"
import { RowPool } from "./RowPool.ts"
import { type ColumnarRuns, columnTitle, shortTitles, sortText } from "./RunRow.ts"
import { RunTableController } from "./RunTableController.ts"
import type { BulkChange, RunTableEvent, RunTableState } from "./RunTableState.ts"
import { runTableStyles } from "./runTableStyles.ts"
import { type HeadHost, tableHead } from "./tableHead.ts"
import type * as TableMenus from "./tableMenus.ts"

/**
 * @fires wl-run-open - A run was opened; cancelable. Detail: `{ run }`.
 * @fires wl-visibility-change - Which runs charts show changed. Detail: `{ runs, byHand }`.
 * @fires wl-selection-change - Detail: `{ runs }`, ids.
 * @fires wl-state-change - Filter, sort, columns, grouping, widths or shown runs changed. Detail: `{ filter, sort, columns, group, widths, shown }`.
 * @fires wl-action - Before runs are changed; cancelable. Detail: `{ action, runs }`.
 * @fires wl-export - Rows were written as CSV, before they are saved; cancelable. Detail: `{ csv, name }`.
 * @fires wl-compare - Selected runs are to be compared; cancelable. Detail: `{ runs }`.
 * @slot empty - What a project without runs shows.
 * @csspart row - A row; a group's header too.
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
    group: {},
    widths: { attribute: false },
    menus: { state: true },
    menuSearch: { state: true },
    mode: { state: true },
    moveTargets: { state: true }
  }

  /** Id or `entity:slug`. */
  declare project: string | null
  /** The host's own columns, instead of a client. */
  declare data: ColumnarRuns | null
  /** Starting filter, sort, columns, shown runs, grouping and column widths (px by field); later ones come by `wl-state-change`. */
  declare filter: string
  declare sort: string
  declare columns: ReadonlyArray<string> | null
  declare shown: ReadonlyArray<string> | null
  /** `group`, `job`, `state`, `config.lr` …; null for none. */
  declare group: string | null
  declare widths: Readonly<Record<string, number>> | null
  /** Null until one of them is needed. */
  declare protected menus: typeof TableMenus | null
  declare protected menuSearch: string
  declare protected mode: BulkMode
  declare protected moveTargets: ReadonlyArray<string>

  #controller: RunTableController | null = null
  #made: ReadonlyArray<unknown> = []
  #last: RunTableState | null = null
  #pool: RowPool | null = null
  readonly #grid: GridFocus = new GridFocus({
    root: () => this.renderRoot,
    controller: () => this.#controller,
    pool: () => this.#pool,
    fields: () => this.#fields(),
    sortBy: (field, additive) => this.#sortBy(field, additive),
    open: (run) => this.emit("wl-run-open", { run }, true),
    moved: () => this.requestUpdate()
  })
  #typing: ReturnType<typeof setTimeout> | null = null
  readonly #observer = new StoreObserver<RunTableState, RunTableEvent>(this, () => this.#announce())
  readonly #menu = new PopoverState(this, () => this.renderRoot.querySelector(".bar"))
  #menuShown: "columns" | "group" = "columns"
  readonly #scroll = new VirtualScroll(this, (why) => {
    if (why === "resize") this.requestUpdate()
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
    this.group = null
    this.widths = null
    this.menus = null
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
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
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
    const { filter, sort, columns, shown, group, widths } = this
    this.#controller = ready
      ? new RunTableController({
          client: this.source,
          project: this.project,
          data: this.data,
          filter,
          sort,
          columns,
          shown,
          group,
          widths
        })
      : null
    this.#observer.observe(this.#controller)
    this.#announce()
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html`<div class="message">No project is given.</div>`
    return html`${this.#bar(state)} ${state.selected.size > 0 && this.menus !== null ? this.#bulk(state, this.menus) : infoLine(state, (event) => this.#controller?.send(event))} ${this.#body(state)}`
  }

  protected override updated(): void {
    const { scroller } = this.#scroll
    if ((this.#controller?.getSnapshot().selected.size ?? 0) > 0) void this.#loadMenus()
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
      ${this.#opener("group", "Group", state.group !== null)}${this.#opener("columns", "Columns", null)}
      ${this.#menu.open && this.menus !== null ? this.#openMenu(state, this.menus) : nothing}
    </div>`
  }

  #opener(menu: "columns" | "group", label: string, pressed: boolean | null): TemplateResult {
    const open = this.#menu.open && this.#menuShown === menu
    return html`<button class="button" aria-expanded=${open} aria-pressed=${pressed ?? nothing} @click=${() => void this.#toggleMenu(menu)}>${label}</button>`
  }

  #openMenu(state: RunTableState, { columnMenu, groupMenu }: typeof TableMenus): TemplateResult {
    const { menuSearch: search } = this
    const send = (event: RunTableEvent) => this.#controller?.send(event)
    const setSearch = (text: string) => {
      this.menuSearch = text
    }
    return this.#menuShown === "group"
      ? groupMenu(this.data === null ? state.fields : [], state.group, {
          search,
          setSearch,
          setGroup: (field) => {
            this.#menu.close()
            send({ type: "group", field })
          },
          fold: (folded) => send({ type: "fold", group: null, folded })
        })
      : columnMenu(state.fields, state.columns, {
          search,
          setSearch,
          setColumns: (columns) => send({ type: "columns", columns }),
          exportRows: () => {
            this.#menu.close()
            void this.#export(null)
          },
          showDeleted: () => {
            this.#menu.close()
            send({ type: "deleted", deleted: true })
          }
        })
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

  #bulk(state: RunTableState, { bulkBar }: typeof TableMenus): TemplateResult {
    const runs = [...state.selected]
    return bulkBar(state, {
      mode: this.mode,
      tags: runs.flatMap((run) => state.rows.find(run)?.tags ?? []),
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
    if (this.emit("wl-export", { csv, name }, true) && this.menus !== null)
      this.menus.saveFile(new Blob([csv], { type: "text/csv;charset=utf-8" }), name)
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
    const layout = this.#layout(state)
    const titles = layout.showTags ? layout.columns.map(columnTitle) : shortTitles(layout.columns)
    const head = (field: string, title: string, className: string, index: number) =>
      tableHead(state, field, title, className, this.#headHost(index, layout))
    const grouped = state.rows.groupAt !== undefined
    return html`<div class="scroller" tabindex="0" role=${grouped ? "treegrid" : "grid"} aria-label="Runs" aria-multiselectable="true" aria-busy=${state.status === "loading"}
      aria-rowcount=${state.rows.total + 1} aria-colcount=${layout.columns.length + 4} aria-activedescendant="active"
      @scroll=${this.#scroll.scrolled} @keydown=${this.#grid.keydown} @click=${this.#grid.clicked}>
      <div class="grid ${layout.showTags ? "" : "tight"} ${grouped ? "grouped" : ""}" .style=${`--columns: ${layout.template}; min-width: ${layout.minWidth}px`}>
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

  #layout(state: RunTableState): ColumnLayout {
    return columnLayout(this.#scroll.width, state.columns, state.sort, state.widths)
  }

  #headHost(index: number, { resizable }: ColumnLayout): HeadHost {
    return {
      active: this.#grid.row === -1 && this.#grid.column === index,
      // Age is the last column: its edge is the table's.
      resizable: resizable && index < this.#fields().length - 1,
      sortBy: (field, additive) => this.#sortBy(field, additive),
      resize: (field, px) => this.#controller?.send({ type: "width", field, px })
    }
  }

  /** What each column of the grid is of. */
  #fields(): ReadonlyArray<string> {
    const state = this.#controller?.getSnapshot()
    return ["shown", "name", "state", ...(state === undefined ? [] : this.#layout(state).columns), "created"]
  }

  #sortBy(field: string, additive: boolean): void {
    const text = field === "name" || field === "state" || field.startsWith("config.")
    this.#controller?.send({ type: "sort", field, additive, descending: !text })
    this.#scroll.scroller?.scrollTo({ top: 0 })
  }

  #draw(): void {
    const state = this.#controller?.getSnapshot()
    if (this.#pool === null || state === undefined) return
    const { columns } = this.#layout(state)
    const [first, last] = this.#pool.draw(state, columns, this.#grid.row, this.#grid.column, {
      colourOf: (run) => this.provider?.colours.colourOf(run) ?? "var(--wl-s1)",
      hrefOf: ({ entity, projectSlug, slug }) =>
        this.provider?.hrefFor({ kind: "run", entity, project: projectSlug, run: slug }) ?? null
    })
    this.#controller?.send({ type: "need", first, last })
  }

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

  async #loadMenus(): Promise<void> {
    // Without a connection they stay shut; the next try asks again.
    this.menus ??= await import("./tableMenus.ts").catch(() => null)
  }

  async #toggleMenu(menu: "columns" | "group"): Promise<void> {
    await this.#loadMenus()
    this.menuSearch = ""
    if (this.#menu.open && this.#menuShown !== menu) this.requestUpdate()
    else this.#menu.toggle()
    this.#menuShown = menu
    await this.updateComplete
    this.renderRoot.querySelector<HTMLInputElement>(".popover input")?.focus()
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
    const { filter, sort, columns, group, widths, shown, shownByHand } = state
    const told = ["filter", "sort", "columns", "group", "widths", "shown"] as const
    if (told.some((name) => last[name] !== state[name])) {
      const byHand = shownByHand ? [...shown] : null
      this.emit("wl-state-change", { filter, sort: sortText(sort), columns, group, widths, shown: byHand })
    }
  }
}
