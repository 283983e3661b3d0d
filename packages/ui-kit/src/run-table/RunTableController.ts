/**
 * All state of a run table: filter, sort, columns, loaded rows, selection and which runs charts show. It searches through
 * a client, or sorts columns that the host gives; live changes replace rows where they stand, so nothing jumps.
 */
import type { LiveStatus, LiveSubscription, RunListItemJson, RunQuery, WanllmdbClient } from "@wanllmdb/core/client"
import { filterMistake } from "../filter/filterMistake.ts"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"
import { ColumnarRows, keepRows } from "./ColumnarRows.ts"
import type * as Grouping from "./GroupedRows.ts"
import { PagedRows } from "./PagedRows.ts"
import { pickedResults } from "./pickColumns.ts"
import { type ColumnarRuns, noRows, parseSort, type RowSource, type RunRow, sortedBy, sortText } from "./RunRow.ts"
import type { BulkChange, RunTableEvent, RunTableOptions, RunTableState } from "./RunTableState.ts"
import { pickFromRuns } from "./readColumns.ts"
import { initiallyShown, toggleShown } from "./shownRuns.ts"

const refreshEveryMs = 1000

export class RunTableController extends BaseStore<RunTableState, RunTableEvent> {
  readonly #client: WanllmdbClient | null
  readonly #project: string | null
  readonly #data: ColumnarRuns | null
  #paged: PagedRows | null = null
  /** Rows as they come, before they are grouped. */
  #flat: RowSource = noRows
  /** What the cells behind their columns are of. */
  #flatGroup: string | null = null
  /** Loaded with the first grouping: most tables are never grouped. */
  #grouping: typeof Grouping | null = null
  /** The last filter without a mistake. */
  #filtered: string
  #live: LiveSubscription | null = null
  #autoColumns: boolean
  #changed = new Map<string, RunListItemJson>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #round = 0
  #fieldsReadMs = 0

  constructor(options: RunTableOptions) {
    const { data = null, columns = null } = options
    super({
      status: "loading",
      error: null,
      filter: options.filter ?? "",
      mistake: null,
      sort: parseSort(options.sort ?? "-created"),
      columns: columns ?? (data === null ? [] : Object.keys(data.columns)),
      fields: data === null ? [] : Object.keys(data.columns),
      group: options.group ?? null,
      folded: new Set(),
      widths: options.widths ?? {},
      rows: noRows,
      version: 0,
      shown: new Set(options.shown ?? []),
      shownByHand: options.shown !== null && options.shown !== undefined,
      selected: new Set(),
      fresh: 0,
      live: "connecting",
      deleted: options.deleted ?? false,
      busy: false,
      notice: null
    })
    this.#client = options.client ?? null
    this.#project = options.project ?? null
    this.#data = data
    this.#autoColumns = columns === null && data === null
    this.#filtered = this.getSnapshot().filter
    if (data !== null && (options.group ?? null) === null) this.#showColumns()
    else void this.#open()
  }

  /** False while the columns are picked from the fields. */
  get columnsByHand(): boolean {
    return !this.#autoColumns
  }

  /** Loaded runs that charts show, in order of the table. */
  shownRuns(): ReadonlyArray<RunRow> {
    const { shown, rows } = this.getSnapshot()
    return [...shown]
      .map((run) => rows.find(run))
      .filter((row) => row !== undefined)
      .sort((a, b) => rows.indexOf(a.id) - rows.indexOf(b.id))
  }

  /** Projects that runs can be moved to, as `entity:slug`; none where the server does not say. */
  async moveTargets(): Promise<ReadonlyArray<string>> {
    const page = await this.#client?.projects
      .list({ sort: "-activity", limit: 200 }, { signal: this.abort.signal })
      .catch(() => null)
    return (page?.items ?? []).map(({ entity, slug }) => `${entity}:${slug}`)
  }

  /** These runs, or with null all that the filter lets through, as CSV with the columns shown; null when that failed. */
  async csv(runs: ReadonlyArray<string> | null): Promise<string | null> {
    const [client, project, query] = [this.#client, this.#project, this.#query()]
    this.update({ busy: true, notice: null })
    try {
      const { exportedRows, runsCsv } = await import("./runsCsv.ts")
      const search =
        client === null || project === null
          ? null
          : (page: RunQuery) => client.runs.search(project, { ...query, ...page }, { signal: this.abort.signal })
      return runsCsv(await exportedRows(this.#flat, runs, search), this.getSnapshot().columns)
    } catch (error) {
      if (!isAbort(error)) this.update({ notice: error })
      return null
    } finally {
      this.update({ busy: false })
    }
  }

  protected receive(event: RunTableEvent): void {
    const state = this.getSnapshot()
    if (event.type === "filter") this.#filter(event.text)
    else if (event.type === "sort") this.#sort(event)
    else if (event.type === "group") void this.#group(event.field)
    else if (event.type === "fold") this.#fold(event)
    else if (event.type === "width") {
      const { [event.field]: _, ...widths } = state.widths
      this.update({ widths: event.px === null ? widths : { ...widths, [event.field]: Math.round(event.px) } })
    } else if (event.type === "need") state.rows.ensure(event.first, event.last)
    else if (event.type === "select") this.#select(event.runs, event.mode)
    else if (event.type === "bulk") void this.#bulk(event.change)
    else if (event.type === "reload") this.#reload()
    else if (event.type === "forgetNotice") this.update({ notice: null })
    else if (event.type === "toggleShown") {
      this.update({ ...toggleShown(state, event.run, event.alone === true), version: state.version + 1 })
    } else if (event.type === "columns") {
      this.#autoColumns = false
      this.#reload(true, event.columns)
    } else {
      this.update({ deleted: event.deleted, selected: new Set() })
      this.#reload()
    }
  }

  protected override released(): void {
    this.#live?.close()
    this.#paged?.stop()
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #filter(text: string): void {
    const { filter, mistake } = this.getSnapshot()
    const same = text === filter && mistake === null
    this.update({ filter: text })
    // The host's own columns are searched by words, which have no syntax.
    if (this.#data !== null) this.#showColumns()
    else void this.#check(text).then((right) => right && !same && this.#reload())
  }

  /** Whether the filter can be sent; false too when another one was typed meanwhile. */
  async #check(text: string): Promise<boolean> {
    const mistake = await filterMistake(text)
    if (this.getSnapshot().filter !== text) return false
    this.update({ mistake })
    if (mistake === null) this.#filtered = text
    return mistake === null
  }

  async #group(field: string | null): Promise<void> {
    await this.#loadGrouping(field)
    this.update({ group: field, folded: new Set() })
    this.#reload(true)
  }

  async #loadGrouping(field: string | null): Promise<void> {
    if (field !== null) this.#grouping ??= await import("./GroupedRows.ts")
  }

  #fold({ group, folded }: Extract<RunTableEvent, { readonly type: "fold" }>): void {
    const { rows, folded: before } = this.getSnapshot()
    this.update({ folded: this.#grouping?.foldGroups(rows, before, group, folded) ?? before })
    this.update(this.#viewed())
  }

  /** The rows as they are shown now, and that they may have changed. */
  #viewed(): Pick<RunTableState, "rows" | "version"> {
    const { columns, folded, version } = this.getSnapshot()
    const [flat, grouping] = [this.#flat, this.#grouping]
    const rows =
      this.#flatGroup === null || grouping === null ? flat : new grouping.GroupedRows(flat, columns.length, folded)
    return { rows, version: version + 1 }
  }

  #sort(event: Parameters<typeof sortedBy>[1]): void {
    this.update({ sort: sortedBy(this.getSnapshot().sort, event) })
    this.#reload()
  }

  #select(runs: ReadonlyArray<string>, mode: "only" | "toggle" | "add"): void {
    const { selected, version } = this.getSnapshot()
    const next = new Set(mode === "only" ? [] : selected)
    for (const run of runs) {
      if (mode === "toggle" && selected.has(run)) next.delete(run)
      else next.add(run)
    }
    this.update({ selected: next, version: version + 1 })
  }

  #reload(keepShown = false, columns = this.getSnapshot().columns): void {
    if (this.#data === null) void this.#load(keepShown, columns)
    else {
      this.update({ columns })
      this.#showColumns()
    }
  }

  #showColumns(): void {
    const { columns, sort, filter, group } = this.getSnapshot()
    const data = this.#data!
    const words = filter.trim().toLowerCase()
    const names = data.names ?? data.ids
    this.#flatGroup = group
    this.#flat = new ColumnarRows(
      words === "" ? data : keepRows(data, (at) => names[at]!.toLowerCase().includes(words)),
      group === null ? columns : [...columns, group],
      sort
    )
    const viewed = this.#viewed()
    this.update({ status: "ready", ...viewed, ...initiallyShown(this.getSnapshot(), viewed.rows) })
  }

  /** Fields first, where columns are to be picked from them; then rows, then live changes from where the rows stand. */
  async #open(): Promise<void> {
    const { filter, group } = this.getSnapshot()
    const [columns] = await Promise.all([this.#readColumns(), this.#check(filter), this.#loadGrouping(group)])
    this.#reload(false, columns)
  }

  /** The columns to show: those that were chosen, else a pick from the fields as they are now. */
  async #readColumns(): Promise<ReadonlyArray<string>> {
    const { columns } = this.getSnapshot()
    if (this.#client === null || this.#project === null) return columns
    this.#fieldsReadMs = Date.now()
    try {
      const fields = await this.#client.runs.fields(this.#project, {}, { signal: this.abort.signal })
      this.update({ fields })
      return this.#autoColumns ? await pickFromRuns(this.#client, this.#project, fields, this.abort.signal) : columns
    } catch {
      // The rows of the same project are asked for next and say what is wrong.
      return columns
    }
  }

  /** Runs that have only begun log their results bit by bit: picked columns are completed as fields appear. True: look again later. */
  async #completeColumns(): Promise<boolean> {
    const { columns } = this.getSnapshot()
    const results = columns.filter((field) => field.startsWith("summary.")).length
    if (!this.#autoColumns || results >= pickedResults) return false
    if (Date.now() - this.#fieldsReadMs < refreshEveryMs) return true
    const picked = await this.#readColumns()
    if (picked.join("\n") !== columns.join("\n")) await this.#load(false, picked)
    return false
  }

  async #load(keepShown: boolean, columns = this.getSnapshot().columns): Promise<void> {
    const [client, project] = [this.#client, this.#project]
    if (client === null || project === null) return
    const round = ++this.#round
    const { group } = this.getSnapshot()
    const paged = new PagedRows(
      (part) => client.runs.search(project, part, { signal: this.abort.signal }),
      this.#query(columns),
      (error) => this.update(error === null ? this.#viewed() : { notice: error })
    )
    this.update({ status: this.#paged === null ? "loading" : "refreshing", error: null })
    try {
      await paged.start()
      if (round !== this.#round) return
      this.#paged?.stop()
      this.#paged = paged
      this.#flat = paged
      this.#flatGroup = group
      if (columns !== this.getSnapshot().columns) this.update({ columns })
      const viewed = this.#viewed()
      const shown = keepShown ? {} : initiallyShown(this.getSnapshot(), viewed.rows)
      this.update({ status: "ready", ...viewed, fresh: 0, ...shown })
      this.#follow(paged.cursor)
    } catch (error) {
      if (round === this.#round && !isAbort(error)) this.update({ status: "error", error })
    }
  }

  #follow(cursor: string): void {
    if (this.#live !== null || this.#client === null || this.#project === null || this.disposed) return
    this.#live = this.#client.live(
      { project: this.#project, topics: ["runs"], cursor },
      (message) => {
        if (message.type === "runs") this.#hear(message.runs)
        else if (message.type === "reset") this.#reload(true)
      },
      (live: LiveStatus) => this.update({ live })
    )
  }

  #hear(runs: ReadonlyArray<RunListItemJson>): void {
    for (const run of runs) this.#changed.set(run.id, run)
    this.#timer ??= setTimeout(() => void this.#applyChanges(), refreshEveryMs / 4)
  }

  async #applyChanges(): Promise<void> {
    const runs = [...this.#changed.values()]
    this.#changed = new Map()
    const before = this.getSnapshot()
    const again = await this.#completeColumns()
    const paged = this.#paged
    if (paged !== null && !this.disposed) {
      const gone = runs.filter(({ deletedAt }) => (deletedAt !== null) !== before.deleted)
      paged.remove(new Set(gone.map(({ id }) => id)))
      const present = runs.filter((run) => !gone.includes(run))
      const cells = await this.#cellsOf(present)
      const rows = present.map(
        (run): RunRow => ({ ...run, columns: cells.get(run.id) ?? paged.at(paged.indexOf(run.id))?.columns ?? [] })
      )
      const unknown = rows.filter((row) => !paged.replace(row))
      this.#admit(paged, unknown)
    }
    this.#timer = again || this.#changed.size > 0 ? setTimeout(() => void this.#applyChanges(), refreshEveryMs) : null
  }

  /** New runs go on top of an unfiltered list by age; elsewhere their place is unknown, so they are announced. */
  #admit(paged: PagedRows, unknown: ReadonlyArray<RunRow>): void {
    const state = this.getSnapshot()
    const first = state.sort[0]
    const onTop = state.filter.trim() === "" && (first === undefined || (first.field === "created" && first.descending))
    if (onTop) paged.prepend([...unknown].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)))
    const viewed = this.#viewed()
    const shown = onTop ? initiallyShown(state, viewed.rows) : {}
    this.update({ ...viewed, ...shown, fresh: onTop ? 0 : state.fresh + unknown.length })
  }

  async #cellsOf(runs: ReadonlyArray<RunListItemJson>): Promise<ReadonlyMap<string, RunRow["columns"]>> {
    const { deleted } = this.getSnapshot()
    const columns = this.#asked()
    if (columns.length === 0 || runs.length === 0 || this.#client === null || this.#project === null) return new Map()
    const filter = { field: "slug", op: "in" as const, value: runs.map(({ slug }) => slug) }
    try {
      const page = await this.#client.runs.search(
        this.#project,
        { filter, columns, limit: 1000, deleted },
        { signal: this.abort.signal }
      )
      return new Map(page.items.map((item) => [item.id, item.columns]))
    } catch {
      // The next change of these runs asks again.
      return new Map()
    }
  }

  /** Columns to ask for: what rows are grouped by rides behind those that are shown. */
  #asked(columns = this.getSnapshot().columns): ReadonlyArray<string> {
    const { group } = this.getSnapshot()
    return group === null ? columns : [...columns, group]
  }

  #query(columns = this.getSnapshot().columns): RunQuery {
    const { sort, deleted } = this.getSnapshot()
    const filter = this.#filtered.trim()
    return { filter: filter === "" ? undefined : filter, sort: sortText(sort), columns: this.#asked(columns), deleted }
  }

  async #bulk(change: BulkChange): Promise<void> {
    if (this.#client === null || this.#project === null) return
    const runs = [...this.getSnapshot().selected]
    this.update({ busy: true, notice: null })
    try {
      const answer = await this.#client.runs.bulk(this.#project, { ...change, runs }, { signal: this.abort.signal })
      // What was heard of them before is older than what is loaded next; a moved run would come back by it.
      for (const run of runs) this.#changed.delete(run)
      const failed = answer.failed[0]
      this.update({
        busy: false,
        selected: new Set(),
        notice:
          failed === undefined ? null : new Error(`${answer.failed.length} runs were not changed: ${failed.message}`)
      })
      await this.#load(true)
    } catch (error) {
      if (!isAbort(error)) this.update({ busy: false, notice: error })
    }
  }
}
