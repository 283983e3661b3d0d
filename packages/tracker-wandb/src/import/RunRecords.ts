/** What one `.wandb` file tells of a run, as the lines and documents that a live client would have sent. */
import { Terminal } from "@wanllmdb/core/log"
import { isFields } from "../graphql/Variables.ts"
import { parseExtendedJson, printExtendedJson } from "../wire/extendedJson.ts"
import { Message } from "./protobuf.ts"

/** Field numbers of `Record`. */
const recordField = {
  history: 2,
  summary: 3,
  output: 4,
  config: 5,
  stats: 7,
  artifact: 8,
  alert: 10,
  metric: 12,
  outputRaw: 13,
  run: 17,
  exit: 18,
  useArtifact: 25,
  environment: 26
} as const

export interface RunHead {
  readonly id: string
  readonly entity: string
  readonly project: string
  readonly group: string
  readonly jobType: string
  readonly displayName: string
  readonly notes: string
  readonly tags: ReadonlyArray<string>
  readonly host: string
  /** Unix seconds. */
  readonly startTime: number
  readonly remote: string
  readonly commit: string
  readonly sweep: string
}

/** Where a record's lines go; called in the order of the file. */
export interface RecordSink {
  history(line: string): void
  event(line: string): void
  /** `line` counts from 0 in this file; a later call with the same number replaces it. */
  console(line: number, text: string): void
}

/** A JSON text as it stands in the file, or more names below a name. */
interface JsonTree extends Map<string, string | JsonTree> {}

const newTree = (): JsonTree => new Map()

/** Sets what an item names, by one key or by a path of names within names. */
const setItem = (tree: JsonTree, item: Message): void => {
  const key = item.text(1)
  const path = key === "" ? item.texts(2) : [key]
  const last = path.at(-1)
  if (last === undefined) return
  let at = tree
  for (const name of path.slice(0, -1)) {
    const below = treeOf(at.get(name))
    at.set(name, below)
    at = below
  }
  at.set(last, item.text(16) || "null")
}

/** What stands under a name as a tree, so that a part of it can change: an object is taken apart, anything else is replaced. */
const treeOf = (value: string | JsonTree | undefined): JsonTree => {
  if (value instanceof Map) return value
  if (value === undefined) return newTree()
  let parsed: unknown = null
  try {
    parsed = parseExtendedJson(value)
  } catch {
    // No JSON: nothing of it can be kept beside the part.
  }
  return new Map(isFields(parsed) ? Object.entries(parsed).map(([key, entry]) => [key, printExtendedJson(entry)]) : [])
}

const removeItem = (tree: JsonTree, item: Message): void => {
  const key = item.text(1)
  const path = key === "" ? item.texts(2) : [key]
  let at: string | JsonTree | undefined = tree
  for (const name of path.slice(0, -1)) at = at instanceof Map ? at.get(name) : undefined
  if (at instanceof Map) at.delete(path.at(-1) ?? "")
}

const objectOf = (tree: JsonTree): string =>
  `{${[...tree].map(([name, value]) => `${JSON.stringify(name)}:${value instanceof Map ? objectOf(value) : value}`).join(",")}}`

const headOf = (run: Message): RunHead => {
  const git = run.message(21)
  return {
    id: run.text(1),
    entity: run.text(2),
    project: run.text(3),
    group: run.text(6),
    jobType: run.text(7),
    displayName: run.text(8),
    notes: run.text(9),
    tags: run.texts(10),
    host: run.text(13),
    startTime: run.seconds(17) ?? 0,
    remote: git?.text(1) ?? "",
    commit: git?.text(2) ?? "",
    sweep: run.text(12)
  }
}

const flagsOf = (message: Message | null, count: number): ReadonlyArray<number> =>
  message === null ? [] : Array.from({ length: count }, (_, i) => i + 1).filter((field) => message.number(field) === 1)

export class RunRecords {
  head: RunHead | null = null
  exitCode: number | null = null
  readonly counts = { history: 0, events: 0, console: 0, artifacts: 0, alerts: 0, unreadable: 0 }
  readonly #sink: RecordSink
  readonly #config = newTree()
  readonly #summary = newTree()
  readonly #metrics = new Map<string, Readonly<Record<string, unknown>>>()
  readonly #terminal = new Terminal()
  #environment: Readonly<Record<string, unknown>> | null = null

  /** In order of how often they come. */
  readonly #readers: ReadonlyArray<readonly [field: number, take: (message: Message) => void]> = [
    [recordField.history, (message) => this.#history(message)],
    [recordField.stats, (message) => this.#stats(message)],
    [recordField.summary, (message) => this.#summaryItems(message)],
    [recordField.outputRaw, (message) => this.#output(message)],
    [recordField.output, (message) => this.#output(message)],
    [recordField.config, (message) => this.#configItems(message)],
    [recordField.run, (message) => this.#run(message)],
    [recordField.metric, (message) => this.#metric(message)],
    [recordField.exit, (message) => this.#exit(message)],
    [recordField.environment, (message) => this.#machine(message)]
  ]

  constructor(sink: RecordSink) {
    this.#sink = sink
  }

  /** Takes one record; one that is no message is counted and passed over. */
  take(bytes: Uint8Array): void {
    try {
      this.#read(new Message(bytes))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.counts.unreadable++
    }
  }

  /** The config document that a live client would have sent, its own part included. */
  configDocument(): string {
    const own = {
      t: {},
      m: [...this.#metrics.values()],
      ...(this.#environment !== null && { e: { import: this.#environment } })
    }
    const document = newTree()
    for (const [key, value] of this.#config) {
      if (key !== "_wandb") document.set(key, new Map([["value", value]]))
    }
    document.set("_wandb", new Map([["value", printExtendedJson(own)]]))
    return objectOf(document)
  }

  /** Null when the file tells none. */
  summaryLine(): string | null {
    return this.#summary.size === 0 ? null : objectOf(this.#summary)
  }

  #read(record: Message): void {
    for (const [field, take] of this.#readers) {
      const message = record.message(field)
      if (message !== null) take(message)
    }
    if (record.has(recordField.artifact) || record.has(recordField.useArtifact)) this.counts.artifacts++
    if (record.has(recordField.alert)) this.counts.alerts++
  }

  #run(run: Message): void {
    this.head = headOf(run)
    const config = run.message(4)
    if (config !== null) this.#configItems(config)
  }

  #summaryItems(summary: Message): void {
    for (const item of summary.messages(1)) setItem(this.#summary, item)
    for (const item of summary.messages(2)) removeItem(this.#summary, item)
  }

  #exit(exit: Message): void {
    this.exitCode = exit.number(1)
  }

  #machine(environment: Message): void {
    this.#environment = environmentOf(environment)
  }

  #history(history: Message): void {
    const row = newTree()
    for (const item of history.messages(1)) setItem(row, item)
    const step = history.message(2)
    if (step !== null) row.set("_step", String(step.number(1)))
    this.counts.history++
    this.#sink.history(objectOf(row))
  }

  #stats(stats: Message): void {
    const time = stats.seconds(2)
    const row = newTree()
    for (const item of stats.messages(3)) row.set(`system.${item.text(1)}`, item.text(16))
    if (time !== null) {
      row.set("_timestamp", String(time))
      const start = this.head?.startTime ?? 0
      if (start > 0) row.set("_runtime", String(time - start))
    }
    row.set("_wandb", "true")
    this.counts.events++
    this.#sink.event(objectOf(row))
  }

  #output(output: Message): void {
    const isError = output.number(1) === 0
    const time = output.seconds(2)
    const ts = time === null ? undefined : new Date(time * 1000).toISOString()
    for (const { line, text } of this.#terminal.write(output.text(3))) {
      this.counts.console = Math.max(this.counts.console, line + 1)
      this.#sink.console(line, JSON.stringify({ content: text, ts, ...(isError && { level: "error" }) }))
    }
  }

  #configItems(config: Message): void {
    for (const item of config.messages(1)) setItem(this.#config, item)
    for (const item of config.messages(2)) removeItem(this.#config, item)
  }

  #metric(metric: Message): void {
    const [name, glob] = [metric.text(1), metric.text(2)]
    const options = flagsOf(metric.message(6), 3)
    const summary = flagsOf(metric.message(7), 8)
    this.#metrics.set(`${name}\n${glob}`, {
      ...(name !== "" ? { "1": name } : { "2": glob }),
      ...(metric.text(4) !== "" && { "4": metric.text(4) }),
      ...(options.length > 0 && { "6": options }),
      ...(summary.length > 0 && { "7": summary }),
      ...(metric.number(8) > 0 && { "8": metric.number(8) })
    })
  }
}

const environmentOf = (environment: Message): Readonly<Record<string, unknown>> => {
  const git = environment.message(9)
  const started = environment.seconds(3)
  return {
    os: environment.text(1),
    python: environment.text(2),
    ...(started !== null && { startedAt: new Date(started * 1000).toISOString() }),
    args: environment.texts(5),
    program: environment.text(6),
    codePath: environment.text(7),
    root: environment.text(11),
    host: environment.text(12),
    username: environment.text(13),
    cpu_count: environment.number(16),
    ...(git !== null && { git: { remote: git.text(1), commit: git.text(2) } })
  }
}
