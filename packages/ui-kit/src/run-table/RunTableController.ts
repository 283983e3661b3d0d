/**
 * All state of a run table: filter, sort, columns, loaded rows, selection and which runs charts show. It searches through
 * a client, or sorts columns that the host gives; live changes replace rows where they stand, so nothing jumps.
 */
import type { LiveStatus, LiveSubscription, RunListItemJson, RunQuery, WanllmdbClient } from "@wanllmdb/core/client"
import { parseFilter } from "../filter/parseFilter.ts"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"
import { ColumnarRows, keepRows } from "./ColumnarRows.ts"
import { PagedRows } from "./PagedRows.ts"
import { differing, pickColumns, pickedResults, settingsToProbe } from "./pickColumns.ts"
import { type ColumnarRuns, parseSort, type RowSource, type RunRow, type SortKey, sortText } from "./RunRow.ts"
import type { BulkChange, RunTableEvent, RunTableState } from "./RunTableState.ts"
import { runsCsv } from "./runsCsv.ts"
import { initiallyShown, toggleShown } from "./shownRuns.ts"

const nothing: RowSource = { total: 0, at: () => undefined, indexOf: () => -1, ensure: () => undefined }
const refreshEveryMs = 1000

export interface RunTableOptions {
  readonly client?: WanllmdbClient | null
  /** Id or `entity:slug`. */
  readonly project?: string | null
  readonly data?: ColumnarRuns | null
  readonly filter?: string
  readonly sort?: string
  /** Default: picked from the fields of the project. */
  readonly columns?: ReadonlyArray<string> | null
  /** Ids that charts show. Default: the first ten rows. */
  readonly shown?: ReadonlyArray<string> | null
  readonly deleted?: boolean
}

export class RunTableController extends BaseStore<RunTableState, RunTableEvent> {
  readonly #client: WanllmdbClient | null
  readonly #project: string | null
  readonly #data: ColumnarRuns | null
  #paged: PagedRows | null = null
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
      rows: nothing,
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
    if (data !== null) this.#showColumns()
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
      .map((run) => rows.indexOf(run))
      .filter((at) => at >= 0)
      .sort((a, b) => a - b)
      .map((at) => rows.at(at)!)
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
    this.update({ busy: true, notice: null })
    try {
      const wanted = runs === null ? null : new Set(runs)
      const { columns } = this.getSnapshot()
      const rows = await this.#allRows(wanted)
      return runsCsv(wanted === null ? rows : rows.filter(({ id }) => wanted.has(id)), columns)
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
    else if (event.type === "need") state.rows.ensure(event.first, event.last)
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
    const parsed = parseFilter(text)
    if (!parsed.ok) {
      this.update({ filter: text, mistake: { position: parsed.position, message: parsed.message } })
      return
    }
    const same = text === this.getSnapshot().filter && this.getSnapshot().mistake === null
    this.update({ filter: text, mistake: null })
    if (!same) this.#reload()
  }

  #sort(event: Extract<RunTableEvent, { readonly type: "sort" }>): void {
    const { sort } = this.getSnapshot()
    const known = sort.find(({ field }) => field === event.field)
    const next: SortKey = {
      field: event.field,
      descending: known === undefined ? (event.descending ?? true) : !known.descending
    }
    if (event.additive !== true) this.update({ sort: [next] })
    else if (known === undefined) this.update({ sort: [...sort, next] })
    else this.update({ sort: sort.map((key) => (key === known ? next : key)) })
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
    const { columns, sort, filter, version } = this.getSnapshot()
    const data = this.#data!
    const words = filter.trim().toLowerCase()
    const names = data.names ?? data.ids
    const rows = new ColumnarRows(
      words === "" ? data : keepRows(data, (at) => names[at]!.toLowerCase().includes(words)),
      columns,
      sort
    )
    this.update({ status: "ready", rows, version: version + 1, ...initiallyShown(this.getSnapshot(), rows) })
  }

  /** Fields first, where columns are to be picked from them; then rows, then live changes from where the rows stand. */
  async #open(): Promise<void> {
    await this.#load(false, await this.#readColumns())
  }

  /** The columns to show: those that were chosen, else a pick from the fields as they are now. */
  async #readColumns(): Promise<ReadonlyArray<string>> {
    const { columns } = this.getSnapshot()
    if (this.#client === null || this.#project === null) return columns
    this.#fieldsReadMs = Date.now()
    try {
      const fields = await this.#client.runs.fields(this.#project, {}, { signal: this.abort.signal })
      this.update({ fields })
      return this.#autoColumns ? pickColumns(fields, await this.#varied(fields)) : columns
    } catch {
      // The rows of the same project are asked for next and say what is wrong.
      return columns
    }
  }

  /** Settings that differ between the newest runs: one that is alike everywhere tells nothing. */
  async #varied(fields: ReadonlyArray<string>): Promise<ReadonlySet<string>> {
    const settings = settingsToProbe(fields)
    if (settings.length < 2 || this.#client === null || this.#project === null) return new Set()
    const query = { columns: settings, sort: "-created", limit: 50 }
    const page = await this.#client.runs.search(this.#project, query, { signal: this.abort.signal })
    return differing(settings, page.items)
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
    const paged = new PagedRows(
      (part) => client.runs.search(project, part, { signal: this.abort.signal }),
      this.#query(columns),
      (error) => this.update(error === null ? { version: this.getSnapshot().version + 1 } : { notice: error })
    )
    this.update({ status: this.#paged === null ? "loading" : "refreshing", error: null })
    try {
      await paged.start()
      if (round !== this.#round) return
      this.#paged?.stop()
      this.#paged = paged
      const state = this.getSnapshot()
      const shown = keepShown ? {} : initiallyShown(state, paged)
      this.update({ status: "ready", columns, rows: paged, version: state.version + 1, fresh: 0, ...shown })
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
    const shown = onTop ? initiallyShown(state, paged) : {}
    this.update({ version: state.version + 1, ...shown, fresh: onTop ? 0 : state.fresh + unknown.length })
  }

  async #cellsOf(runs: ReadonlyArray<RunListItemJson>): Promise<ReadonlyMap<string, RunRow["columns"]>> {
    const { columns, deleted } = this.getSnapshot()
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

  /** Every row of the table in its order, or as many as hold all of `wanted`. */
  async #allRows(wanted: ReadonlySet<string> | null): Promise<ReadonlyArray<RunRow>> {
    const [client, project] = [this.#client, this.#project]
    const { rows: source } = this.getSnapshot()
    if (this.#data !== null || client === null || project === null || allLoaded(source, wanted)) {
      return Array.from({ length: source.total }, (_, at) => source.at(at)).filter((row) => row !== undefined)
    }
    const rows: Array<RunRow> = []
    const query = this.#query()
    for (let cursor: string | undefined; ; ) {
      const page = await client.runs.search(project, { ...query, limit: 1000, cursor }, { signal: this.abort.signal })
      rows.push(...page.items)
      if (page.next === null) return rows
      cursor = page.next
    }
  }

  #query(columns = this.getSnapshot().columns): RunQuery {
    const { sort, filter, deleted } = this.getSnapshot()
    const parsed = parseFilter(filter)
    return {
      filter: parsed.ok && parsed.text !== "" ? parsed.text : undefined,
      sort: sortText(sort),
      columns,
      deleted
    }
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

/** Whether the loaded rows hold all of `wanted`, with null all rows there are. */
const allLoaded = (source: RowSource, wanted: ReadonlySet<string> | null): boolean =>
  wanted === null
    ? source.total === 0 || source.at(source.total - 1) !== undefined
    : [...wanted].every((run) => source.indexOf(run) >= 0)
