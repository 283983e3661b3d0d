/** Several runs side by side: every config key and every metric as a row, told apart by whether the runs differ in it. */
import type { MetricKeyJson, RunJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { flatten } from "../format/flatten.ts"
import { formatDuration } from "../format/formatTime.ts"
import { BaseStore } from "../store/Store.ts"

export interface CompareRow {
  readonly key: string
  /** One per run, in order; null where the run lacks the key. */
  readonly cells: ReadonlyArray<string | number | null>
  readonly differs: boolean
}

export interface CompareSection {
  readonly title: string
  /** Kept folded until it is opened: what rarely explains a difference in results. */
  readonly folded: boolean
  readonly rows: ReadonlyArray<CompareRow>
}

export interface CompareState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  readonly runs: ReadonlyArray<RunJson>
  readonly sections: ReadonlyArray<CompareSection>
  readonly onlyDifferences: boolean
}

export type CompareEvent = { readonly type: "reload" } | { readonly type: "onlyDifferences"; readonly on: boolean }

type Cell = string | number | null

const asCell = (value: unknown): Cell => {
  if (value === undefined) return null
  return typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value)
}

/** Rows over all keys that any run has, keys in order of first appearance. */
export const compareRows = (columns: ReadonlyArray<ReadonlyMap<string, Cell>>): ReadonlyArray<CompareRow> => {
  const keys = new Set(columns.flatMap((column) => [...column.keys()]))
  return [...keys].map((key) => {
    const cells = columns.map((column) => column.get(key) ?? null)
    return { key, cells, differs: cells.some((cell) => cell !== cells[0]) }
  })
}

const environmentOf = (run: RunJson): ReadonlyMap<string, Cell> => {
  const { git, packages, variables: _, ...plain } = run.environment ?? {}
  const rows = new Map<string, Cell>([
    ["state", run.state],
    ["duration", formatDuration(run.durationMs)]
  ])
  for (const [key, value] of flatten(plain)) rows.set(key, asCell(value))
  if (git?.commit !== undefined) rows.set("git commit", git.commit.slice(0, 12))
  if (git?.branch !== undefined) rows.set("git branch", git.branch)
  for (const [name, version] of Object.entries(packages ?? {})) rows.set(name, version)
  return rows
}

const isSystem = (key: string): boolean => key.startsWith("system/")

/** Last values per key; a summary's own entries beside them. */
const metricsOf = (run: RunJson, keys: ReadonlyArray<MetricKeyJson>): ReadonlyMap<string, Cell> => {
  const rows = new Map<string, Cell>()
  for (const { key, kind, last } of keys) {
    if (kind === "number" || kind === "text") rows.set(key, last)
  }
  for (const [key, value] of flatten(run.summary)) if (!rows.has(key)) rows.set(key, asCell(value))
  return rows
}

export class CompareController extends BaseStore<CompareState, CompareEvent> {
  readonly #client: WanllmdbClient
  readonly #names: ReadonlyArray<string>

  /** `runs` are ids or `entity:project:slug`. */
  constructor(client: WanllmdbClient, runs: ReadonlyArray<string>) {
    super({ status: "loading", error: null, runs: [], sections: [], onlyDifferences: true })
    this.#client = client
    this.#names = runs
    void this.#load()
  }

  protected receive(event: CompareEvent): void {
    if (event.type === "reload") void this.#load()
    else this.update({ onlyDifferences: event.on })
  }

  async #load(): Promise<void> {
    this.update({ status: "loading", error: null })
    const options = { signal: this.abort.signal }
    try {
      const runs = await Promise.all(this.#names.map((name) => this.#client.runs.get(name, options)))
      const keys = await Promise.all(runs.map(({ id }) => this.#client.metrics.keys(id, { limit: 1000 }, options)))
      const configs = runs.map(
        ({ config }) => new Map([...flatten(config)].map(([key, value]) => [key, asCell(value)]))
      )
      const metrics = compareRows(runs.map((run, at) => metricsOf(run, keys[at]!.items)))
      this.update({
        status: "ready",
        runs,
        sections: [
          { title: "Config", folded: false, rows: compareRows(configs) },
          { title: "Results", folded: false, rows: metrics.filter(({ key }) => !isSystem(key)) },
          { title: "Environment", folded: false, rows: compareRows(runs.map(environmentOf)) },
          { title: "System", folded: true, rows: metrics.filter(({ key }) => isSystem(key)) }
        ]
      })
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }
}
